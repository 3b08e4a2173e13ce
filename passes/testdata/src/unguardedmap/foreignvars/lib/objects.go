package lib

import "sync"

// Visits is an object that all have.
var Visits = &Visitors{names: map[string]int{}}

// Visitors has no lock.
type Visitors struct{ names map[string]int }

// Add counts a visit.
func (v *Visitors) Add(name string) { v.names[name]++ }

// Len tells how many have been here.
func (v *Visitors) Len() int { return len(v.names) }

// Guests is another one.
var Guests = &Guarded{names: map[string]int{}}

// Guarded has a lock.
type Guarded struct {
	mu    sync.Mutex
	names map[string]int
}

// Add counts a visit.
func (g *Guarded) Add(name string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.names[name]++
}
