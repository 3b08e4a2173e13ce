package cow

// Cells and containers are for several goroutines: what comes out of them is not to be written in place, whether or not a goroutine is in sight.

import (
	"maps"
	"sync"
	"sync/atomic"
)

type hostsOf struct{ hosts map[string]int }

type inPlace struct {
	cur  atomic.Pointer[map[string]int]
	last atomic.Value
	conf atomic.Pointer[hostsOf]
}

func (t *inPlace) SetBad(k string) {
	(*t.cur.Load())[k] = 1 // want `map inPlace.cur is written here with no lock: inPlace.SetBad may be called by several goroutines at once, for which inPlace.cur is made`
}

func (t *inPlace) DropBad(k string) {
	delete(t.last.Load().(map[string]int), k) // want `map inPlace.last is deleted from here with no lock`
}

func (t *inPlace) HostBad(k string) {
	t.conf.Load().hosts[k]++ // want `map hostsOf.hosts is written here with no lock`
}

type inPlaceOk struct {
	cur  atomic.Pointer[map[string]int]
	conf atomic.Pointer[hostsOf]
}

func newInPlaceOk() *inPlaceOk {
	t := &inPlaceOk{}
	m := map[string]int{}
	t.cur.Store(&m)
	(*t.cur.Load())["first"] = 1 // nobody has the table yet
	return t
}

func (t *inPlaceOk) Set(k string) {
	next := maps.Clone(*t.cur.Load())
	next[k] = 1
	t.cur.Store(&next)
}

func (t *inPlaceOk) Host(k string) {
	next := &hostsOf{hosts: map[string]int{}}
	for k, n := range t.conf.Load().hosts {
		next.hosts[k] = n
	}
	next.hosts[k]++
	t.conf.Store(next)
}

func (t *inPlaceOk) Get(k string) int { return (*t.cur.Load())[k] }

// sessions has a map for each key.
type sessions struct{ all sync.Map }

// get returns the map that others get, too, or a new one.
func (s *sessions) get(key string) map[string]int {
	if m, ok := s.all.Load(key); ok {
		return m.(map[string]int)
	}
	return map[string]int{}
}

func (s *sessions) AddBad(key, k string) {
	m := s.get(key)
	m[k] = 1 // want `map sessions.all\[\] is written here with no lock: sessions.AddBad may be called by several goroutines at once, for which sessions.all is made`
	s.all.Store(key, m)
}

type sessionsOk struct{ all sync.Map }

func (s *sessionsOk) Add(key, k string) {
	m := map[string]int{}
	if old, ok := s.all.Load(key); ok {
		m = maps.Clone(old.(map[string]int))
	}
	m[k] = 1
	s.all.Store(key, m)
}

// A map under a lock of its own.
type locked struct {
	mu  sync.Mutex
	all sync.Map
}

func (l *locked) AddOk(key, k string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	m, ok := l.all.Load(key)
	if !ok {
		m = map[string]int{}
		l.all.Store(key, m)
	}
	m.(map[string]int)[k] = 1
}

func (l *locked) GetOk(key, k string) int {
	l.mu.Lock()
	defer l.mu.Unlock()
	m, _ := l.all.Load(key)
	return m.(map[string]int)[k]
}

// conn is looked up by the goroutine that reads from it, and no other.
type conn struct{ seen map[string]int }

type server struct{ conns sync.Map }

func (s *server) ReadOk(id, k string) {
	c, _ := s.conns.Load(id)
	c.(*conn).seen[k]++
}
