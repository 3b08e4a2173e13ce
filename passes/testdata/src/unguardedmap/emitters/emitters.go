// Package emitters puts functions into the lists of an object, which calls them later, on whatever goroutine asks it to.
package emitters

import (
	"net/http"
	"sync"

	"unguardedmap/emitters/bus"
)

type emitter struct {
	hooks []func(string)
	named map[string]func(string)
}

func (e *emitter) on(f func(string))               { e.hooks = append(e.hooks, f) }
func (e *emitter) handle(k string, f func(string)) { e.named[k] = f }

func (e *emitter) emit(k string) {
	for _, f := range e.hooks {
		f(k)
	}
}

func (e *emitter) call(k string) {
	if f := e.named[k]; f != nil {
		f(k)
	}
}

func ListBad() {
	e := &emitter{}
	seen := map[string]bool{}
	e.on(func(k string) { seen[k] = true }) // want `map seen is written here and written at emitters.go:\d+ with no lock in common`
	go e.emit("a")
	seen["b"] = true
}

func TableBad() {
	e := &emitter{named: map[string]func(string){}}
	seen := map[string]bool{}
	e.handle("k", func(k string) { seen[k] = true }) // want `map seen is written here and written at emitters.go:\d+ with no lock in common`
	go e.call("k")
	seen["b"] = true
}

// A field of the object is no list.
type single struct{ hook func(string) }

func (s *single) on(f func(string)) { s.hook = f }
func (s *single) emit(k string)     { s.hook(k) }

func SingleBad() {
	e := &single{}
	seen := map[string]bool{}
	e.on(func(k string) { seen[k] = true }) // want `map seen is written here and written at emitters.go:\d+ with no lock in common`
	go e.emit("a")
	seen["b"] = true
}

func ListOk() {
	e := &emitter{}
	seen := map[string]bool{}
	e.on(func(k string) { seen[k] = true })
	seen["b"] = true // before anybody emits
	go e.emit("a")
}

func LockedOk() {
	e := &emitter{}
	var mu sync.Mutex
	seen := map[string]bool{}
	e.on(func(k string) {
		mu.Lock()
		defer mu.Unlock()
		seen[k] = true
	})
	go e.emit("a")
	mu.Lock()
	seen["b"] = true
	mu.Unlock()
}

// Another emitter calls another hook.
func OtherOk() {
	e, other := &emitter{}, &emitter{}
	seen := map[string]bool{}
	e.on(func(k string) { seen[k] = true })
	go other.emit("a")
	e.emit("b")
}

func WaitedOk() {
	e := &emitter{}
	seen := map[string]bool{}
	e.on(func(k string) { seen[k] = true })
	var wg sync.WaitGroup
	wg.Go(func() { e.emit("a") })
	wg.Wait()
	seen["b"] = true
}

// The same by an object of another package, in a field of what is given.
type crawler struct{ bus *bus.Bus }

func record(seen map[string]bool) func(string) {
	return func(k string) { seen[k] = true }
}

func (c *crawler) CrawlBad() {
	seen := map[string]bool{}
	c.bus.On("page", record(seen))
	var wg sync.WaitGroup
	wg.Go(func() { seen["start"] = true }) // want `map seen is written here and written at emitters.go:\d+ with no lock in common`
	wg.Go(func() { c.bus.Tell("page") })
	wg.Wait()
}

func (c *crawler) CrawlOk() {
	seen := map[string]bool{}
	c.bus.On("page", func(k string) { seen[k] = true })
	c.bus.Tell("page")
	seen["end"] = true
}

// A setter that does nothing else has its effect across packages, too.
func SetBad() {
	b := &bus.Bus{}
	seen := map[string]bool{}
	b.SetLast(func(k string) { seen[k] = true }) // want `map seen is written here and written at emitters.go:\d+ with no lock in common`
	go b.Last("a")
	seen["b"] = true
}

// What a constructor puts into an object of another package is not known in the method that has this call it.
type site struct{ bus *bus.Bus }

func FN_Site() http.Handler {
	hits := map[string]int{}
	s := &site{bus: &bus.Bus{}}
	s.bus.On("hit", func(k string) { hits[k]++ })
	return s
}

func (s *site) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.bus.Tell(r.URL.Path) }

// Each goroutine has an element of its own, with a function that all share a map with.
func EachBad(n int) {
	seen := map[int]bool{}
	steps := make([]func(), n)
	for i := range n {
		steps[i] = func() { seen[i] = true } // want `map seen is written here by several goroutines at once with no lock`
		go func() { steps[i]() }()
	}
}

// What the functions write is each goroutine's own.
func EachOk(n int) {
	steps := make([]func(), n)
	for i := range n {
		seen := map[int]bool{}
		steps[i] = func() { seen[i] = true }
		go func() { steps[i]() }()
	}
}
