// Package rules declares what it calls on goroutines of its own; other packages implement it.
package rules

import "sync"

// Rule is asked by all workers of an engine.
type Rule interface {
	Match(line string) bool
	// Name is asked for before the workers start.
	Name() string
}

// Engine has workers that share its rules.
type Engine struct {
	rules map[string][]Rule
	lines chan string
}

// Add comes before Run.
func (e *Engine) Add(r Rule) { e.rules[r.Name()] = append(e.rules[r.Name()], r) }

func (e *Engine) named(name string) []Rule { return e.rules[name] }

// Run waits for its workers, which are beside each other all the same.
func (e *Engine) Run(n int) {
	var wg sync.WaitGroup
	for i := 0; i < n; i++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			e.work()
		}()
	}
	wg.Wait()
}

func (e *Engine) work() {
	for line := range e.lines {
		for _, r := range e.named(line[:1]) {
			r.Match(line)
		}
	}
}

// Session is had by each goroutine for itself.
type Session interface{ Handle(line string) }

// Serve makes a session for each.
func Serve(n int, make func() Session, lines chan string) {
	for i := 0; i < n; i++ {
		s := make()
		go func() {
			for line := range lines {
				s.Handle(line)
			}
		}()
	}
}

// Store is called under the lock of whoever has it.
type Store interface{ Put(k string) }

// Keeper has a store.
type Keeper struct {
	mu    sync.Mutex
	store Store
}

// Fill has the workers take turns.
func (k *Keeper) Fill(n int) {
	for i := 0; i < n; i++ {
		go k.put("k")
	}
}

func (k *Keeper) put(key string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.store.Put(key)
}

// Hook is called on goroutines that are started while a lock is held, and do not have it.
type Hook interface{ Fired(name string) }

// Hooks has several.
type Hooks struct{ all []Hook }

// Fire does not wait for the hooks.
func (h *Hooks) Fire(names []string) {
	for _, name := range names {
		go h.fire(name)
	}
}

func (h *Hooks) fire(name string) {
	for _, hook := range h.all {
		hook.Fired(name)
	}
}

// Visitor is handed to a function that has goroutines call it.
type Visitor interface{ Visit(string) }

// VisitAll has n goroutines visit what comes.
func VisitAll(v Visitor, in <-chan string, n int) {
	for range n {
		go func() {
			for s := range in {
				v.Visit(s)
			}
		}()
	}
}

// Guest is one for each goroutine.
type Guest interface{ Greet(string) }

// GreetAll has a goroutine for each guest.
func GreetAll(gs []Guest, in <-chan string) {
	for _, g := range gs {
		go func() {
			for s := range in {
				g.Greet(s)
			}
		}()
	}
}
