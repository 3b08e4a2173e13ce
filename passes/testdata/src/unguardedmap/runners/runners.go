// Package runners has functions that are put into a variable, from which a goroutine takes them to call them.
package runners

import (
	"sync"

	"unguardedmap/runners/pool"
)

type poolBad struct {
	workers *pool.Pool
	seen    map[int]bool
}

func (b *poolBad) Handle(key int) {
	b.workers.Submit(key, func() { b.seen[key] = true }) // want `map poolBad.seen is written here by several goroutines at once with no lock`
}

type poolOk struct {
	workers *pool.Pool
	mu      sync.Mutex
	seen    map[int]bool
}

func (b *poolOk) Handle(key int) {
	b.workers.Submit(key, func() {
		b.mu.Lock()
		defer b.mu.Unlock()
		b.seen[key] = true
	})
}

// All that touches the map runs in the loop.
type loopOk struct {
	loop *pool.Loop
	seen map[int]bool
}

func (l *loopOk) Add(key int) { l.loop.Post(func() { l.seen[key] = true }) }

func (l *loopOk) Drop(key int) { l.loop.Post(func() { delete(l.seen, key) }) }

type loopBad struct {
	loop *pool.Loop
	seen map[int]bool
}

func (l *loopBad) Add(key int) {
	l.loop.Post(func() { l.seen[key] = true }) // want `map loopBad.seen is written here and read at .* with no lock in common`
}

// On the caller's goroutine.
func (l *loopBad) Has(key int) bool { return l.seen[key] }

// However many goroutines post to the loop.
type feedOk struct {
	loop *pool.Loop
	seen map[int]bool
}

func (l *feedOk) add(key int) { l.loop.Post(func() { l.seen[key] = true }) }

func (l *feedOk) Start(keys []int) {
	for _, key := range keys {
		go l.add(key)
	}
}

// What the goroutines do beside the loop, they do at once.
type feedBad struct {
	loop *pool.Loop
	seen map[int]bool
	sent map[int]bool
}

func (l *feedBad) add(key int) {
	l.sent[key] = true // want `map feedBad.sent is written here by several goroutines at once`
	l.loop.Post(func() { l.seen[key] = true })
}

func (l *feedBad) Start(keys []int) {
	for _, key := range keys {
		go l.add(key)
	}
}

// Each of the workers of a pool may have one of the tasks.
type poolFedBad struct {
	pool *pool.Pool
	seen map[int]bool
}

func (l *poolFedBad) add(key int) {
	l.pool.Submit(key, func() { l.seen[key] = true }) // want `map poolFedBad.seen is written here by several goroutines at once`
}

func (l *poolFedBad) Start(keys []int) {
	for _, key := range keys {
		go l.add(key)
	}
}

type subscription struct{ cb func(msg string) }

// Handlers in a table of structs, called by four goroutines.
type server struct {
	subs   map[string]*subscription
	queue  chan string
	paused map[string]bool
}

func (s *server) subscribe(subject string, cb func(string)) {
	s.subs[subject] = &subscription{cb: cb}
}

func (s *server) Start() {
	s.subscribe("pause", s.pauseBad)
	for range 4 {
		go s.dispatch()
	}
}

func (s *server) dispatch() {
	for msg := range s.queue {
		if sub := s.subs["pause"]; sub != nil {
			sub.cb(msg)
		}
	}
}

func (s *server) pauseBad(name string) {
	s.paused[name] = true // want `map server.paused is written here by several goroutines at once`
}

// A goroutine for each call.
type bus struct {
	handlers []func(string)
	last     map[string]int
}

func (b *bus) On(f func(string)) { b.handlers = append(b.handlers, f) }

func (b *bus) emit(s string) {
	for _, h := range b.handlers {
		go h(s)
	}
}

func (b *bus) Watch() {
	b.On(func(s string) {
		b.last[s] = 1 // want `map bus.last is written here by several goroutines at once`
	})
}

// Called on the emitter's own goroutine.
type quiet struct {
	handlers []func(string)
	last     map[string]int
}

func (q *quiet) On(f func(string)) { q.handlers = append(q.handlers, f) }

func (q *quiet) Emit(s string) {
	for _, h := range q.handlers {
		h(s)
	}
}

func (q *quiet) WatchOk() {
	q.On(func(s string) { q.last[s] = 1 })
}

// The runner holds the lock that the map has elsewhere.
type guarded struct {
	mu    sync.Mutex
	hooks []func()
	done  map[string]bool
}

func (g *guarded) Start() {
	for range 2 {
		go g.loop()
	}
}

func (g *guarded) loop() {
	for {
		g.mu.Lock()
		for _, h := range g.hooks {
			h()
		}
		g.mu.Unlock()
	}
}

func (g *guarded) WatchOk() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.hooks = append(g.hooks, func() { g.done["a"] = true })
}
