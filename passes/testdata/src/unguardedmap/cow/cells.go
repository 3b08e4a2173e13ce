package cow

// Maps that are reached through atomic.Pointer, atomic.Value and sync.Map.

import (
	"maps"
	"sync"
	"sync/atomic"
)

type snapshot struct {
	hosts map[string]int
}

type resolverOk struct {
	cur atomic.Pointer[snapshot]
}

// Each attempt has a map of its own.
func (r *resolverOk) Add(host string) {
	for {
		old := r.cur.Load()
		next := &snapshot{hosts: maps.Clone(old.hosts)}
		next.hosts[host]++
		if r.cur.CompareAndSwap(old, next) {
			return
		}
	}
}

func (r *resolverOk) Serve(in chan string, out chan int) {
	for range 4 {
		go func() {
			for k := range in {
				out <- r.cur.Load().hosts[k]
			}
		}()
	}
}

type resolverBad struct {
	cur atomic.Pointer[snapshot]
}

// The struct is new, the map in it is the one that the others read.
func (r *resolverBad) Watch(hosts chan string) {
	go func() {
		for host := range hosts {
			old := r.cur.Load()
			next := *old
			next.hosts[host]++ // want `map snapshot.hosts is written here and read at cells.go:\d+ with no lock in common`
			r.cur.Store(&next)
		}
	}()
}

func (r *resolverBad) Lookup(host string) int { return r.cur.Load().hosts[host] }

type registryBad struct {
	mu  sync.Mutex
	cur atomic.Pointer[map[string]int]
}

// The writers exclude each other, and not those who only load.
func (r *registryBad) Set(k string, v int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	(*r.cur.Load())[k] = v
}

func (r *registryBad) Get(k string) int {
	return (*r.cur.Load())[k] // want `map registryBad.cur is read without registryBad.mu`
}

type registryOk struct {
	mu  sync.Mutex
	cur atomic.Pointer[map[string]int]
}

func (r *registryOk) Set(k string, v int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	(*r.cur.Load())[k] = v
}

func (r *registryOk) Get(k string) int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return (*r.cur.Load())[k]
}

type rulesOk struct {
	cur atomic.Value // map[string]bool
}

func (r *rulesOk) Reload(lines chan string) {
	go func() {
		for line := range lines {
			next := map[string]bool{}
			next[line] = true
			r.cur.Store(next)
		}
	}()
}

func (r *rulesOk) Allowed(name string) bool {
	return r.cur.Load().(map[string]bool)[name]
}

type rulesBad struct {
	cur atomic.Value // map[string]bool
}

func (r *rulesBad) Learn(lines chan string) {
	go func() {
		for line := range lines {
			if m, ok := r.cur.Load().(map[string]bool); ok {
				m[line] = true // want `map rulesBad.cur is written here and read at cells.go:\d+ with no lock in common`
			}
		}
	}()
}

func (r *rulesBad) Allowed(name string) bool {
	return r.cur.Load().(map[string]bool)[name]
}

type groupsBad struct {
	all sync.Map // string to map[string]int
}

// The table may be used by all at once, the maps in it may not.
func (g *groupsBad) Count(in chan [2]string) {
	for range 4 {
		go func() {
			for pair := range in {
				inner, _ := g.all.LoadOrStore(pair[0], map[string]int{})
				inner.(map[string]int)[pair[1]]++ // want `map groupsBad.all\[\] is written here by several goroutines at once with no lock`
			}
		}()
	}
}

type groupsOk struct {
	mu  sync.Mutex
	all sync.Map // string to map[string]int
}

func (g *groupsOk) Count(in chan [2]string) {
	for range 4 {
		go func() {
			for pair := range in {
				inner, _ := g.all.LoadOrStore(pair[0], map[string]int{})
				g.mu.Lock()
				inner.(map[string]int)[pair[1]]++
				g.mu.Unlock()
			}
		}()
	}
}

// Set up before it is stored, and only read from then on.
func (g *groupsOk) Add(name string, members ...string) {
	inner := map[string]int{}
	for _, m := range members {
		inner[m] = 1
	}
	g.all.Store(name, inner)
}

// Put back where it came from, it is the map that the others have loaded.
type putBack struct {
	cur atomic.Pointer[map[string]int]
}

func (p *putBack) SetBad(k string, v int) {
	m := *p.cur.Load()
	m[k] = v // want `map putBack.cur is written here with no lock: putBack.SetBad may be called by several goroutines at once`
	p.cur.Store(&m)
}

func (p *putBack) GetOk(k string) int { return (*p.cur.Load())[k] }

// A new one, unless there is one already.
type putNew struct {
	cur atomic.Pointer[map[string]int]
}

func (p *putNew) SetOk(k string, v int) {
	m := map[string]int{}
	if old := p.cur.Load(); old != nil {
		maps.Copy(m, *old)
	}
	m[k] = v
	p.cur.Store(&m)
}

func (p *putNew) GetOk(k string) int { return (*p.cur.Load())[k] }
