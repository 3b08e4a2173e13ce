// Package cow has maps that are replaced whole, and snapshots of them that are read, or written.
package cow

import (
	"maps"
	"sync"
	"sync/atomic"
)

type routesOk struct {
	mu   sync.RWMutex
	next map[string]int
}

// A snapshot taken under the lock is read outside: its content never changes.
func (r *routesOk) Lookup(k string) int {
	r.mu.RLock()
	m := r.next
	r.mu.RUnlock()
	return m[k]
}

// A clone is changed and then takes the place of the map.
func (r *routesOk) Set(k string, v int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	m := maps.Clone(r.next)
	m[k] = v
	r.next = m
}

// A fresh map, filled by hand.
func (r *routesOk) Drop(k string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	m := make(map[string]int, len(r.next))
	for n, v := range r.next {
		if n != k {
			m[n] = v
		}
	}
	r.next = m
}

type routesBad struct {
	mu    sync.RWMutex
	next  map[string]int
	drops chan string
}

func (r *routesBad) Lookup(k string) int {
	r.mu.RLock()
	m := r.next
	r.mu.RUnlock()
	return m[k]
}

func (r *routesBad) Set(k string, v int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	m := maps.Clone(r.next)
	m[k] = v
	r.next = m
}

func (r *routesBad) Start() { go r.reap() }

// The snapshot is the shared map, written outside the lock.
func (r *routesBad) reap() {
	for k := range r.drops {
		r.mu.RLock()
		m := r.next
		r.mu.RUnlock()
		delete(m, k) // want `map routesBad.next is deleted from after routesBad.mu, under which it was taken, is released`
	}
}

type tableOk struct {
	cur atomic.Pointer[map[string]int]
}

// Copy-on-write through an atomic pointer.
func (t *tableOk) Set(k string, v int) {
	m := maps.Clone(*t.cur.Load())
	m[k] = v
	t.cur.Store(&m)
}

func (t *tableOk) Serve(in chan string, out chan int) {
	for range 4 {
		go func() {
			for k := range in {
				out <- (*t.cur.Load())[k]
			}
		}()
	}
}

type tableBad struct {
	cur atomic.Pointer[map[string]int]
}

// The goroutines write through what Load returned.
func (t *tableBad) Serve(in chan string) {
	for range 4 {
		go func() {
			for k := range in {
				m := *t.cur.Load()
				m[k] = 1 // want `map tableBad.cur is written here by several goroutines at once with no lock`
			}
		}()
	}
}

type tableOnceOk struct {
	cur atomic.Pointer[map[string]int]
}

// One goroutine builds a map and stores it; it does not write to what others may have loaded.
func (t *tableOnceOk) Reload(in chan string) {
	go func() {
		for k := range in {
			m := map[string]int{}
			m[k] = 1
			t.cur.Store(&m)
		}
	}()
}

func (t *tableOnceOk) Get(k string) int { return (*t.cur.Load())[k] }

type tableLateBad struct {
	cur atomic.Pointer[map[string]int]
}

// Written after the map was stored.
func (t *tableLateBad) Reload(in chan string) {
	go func() {
		for k := range in {
			m := map[string]int{}
			t.cur.Store(&m)
			m[k] = 1 // want `map tableLateBad.cur is written here and read at cow.go:147 with no lock in common`
		}
	}()
}

func (t *tableLateBad) Get(k string) int { return (*t.cur.Load())[k] }

type policy struct {
	name string
	meta map[string]string
}

type policiesOk struct {
	mu  sync.RWMutex
	cur *policy
}

// The copy gets a map of its own before the first write.
func (p *policiesOk) With(k, v string) *policy {
	p.mu.RLock()
	defer p.mu.RUnlock()
	c := *p.cur
	c.meta = maps.Clone(c.meta)
	c.meta[k] = v
	return &c
}

func (p *policiesOk) Name(k string) string {
	p.mu.RLock()
	defer p.mu.RUnlock()
	return p.cur.meta[k]
}

type policyBad struct {
	name string
	meta map[string]string
}

type policiesBad struct {
	mu  sync.RWMutex
	cur *policyBad
	in  chan string
}

func (p *policiesBad) Start() {
	for range 2 {
		go p.tag()
	}
}

// The copy is ours, but its map is still the shared one.
func (p *policiesBad) tag() {
	for k := range p.in {
		p.mu.RLock()
		c := *p.cur
		p.mu.RUnlock()
		c.name = k
		c.meta[k] = k // want `map policyBad.meta is written after policiesBad.mu, under which it was taken, is released`
	}
}

func (p *policiesBad) Name(k string) string {
	p.mu.RLock()
	defer p.mu.RUnlock()
	return p.cur.meta[k]
}

// No goroutine in sight and no lock at the write: the lock taken for the variable shows that the methods run together. Only the writer is wrong, since
// what the readers take out would be theirs to read if he made a copy.
type Patched struct {
	mu   sync.RWMutex
	next map[string]int
}

func (r *Patched) Lookup(k string) int {
	r.mu.RLock()
	m := r.next
	r.mu.RUnlock()
	return m[k]
}

func (r *Patched) Set(m map[string]int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.next = m
}

func (r *Patched) PatchBad(k string) {
	r.mu.RLock()
	m := r.next
	r.mu.RUnlock()
	m[k] = 1 // want `map Patched.next is written after Patched.mu, under which it was taken, is released`
}

type limitsOk struct {
	mu     sync.RWMutex
	limits map[string]int
}

// A new map is filled in the critical section that put it there: nobody has it yet.
func (l *limitsOk) Update(in map[string]int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.limits = make(map[string]int)
	for k, v := range in {
		l.limits[k] = v
	}
}

func (l *limitsOk) Sum() (n int) {
	l.mu.RLock()
	limits := l.limits
	l.mu.RUnlock()
	for _, v := range limits {
		n += v
	}
	return n
}

// LimitsBad adds to the map that is there.
type LimitsBad struct {
	mu     sync.RWMutex
	limits map[string]int
}

func (l *LimitsBad) Update(in map[string]int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for k, v := range in {
		l.limits[k] = v
	}
}

func (l *LimitsBad) Sum() (n int) {
	l.mu.RLock()
	limits := l.limits
	l.mu.RUnlock()
	for _, v := range limits { // want `map LimitsBad.limits is iterated after LimitsBad.mu, under which it was taken, is released`
		n += v
	}
	return n
}
