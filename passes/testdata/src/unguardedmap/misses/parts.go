package misses

import "sync"

// Versions is what other packages see of a part.
type Versions interface{ FN_Version(name string) int }

type versions struct{ of map[string]int }

// FN_Version is called by other packages, which can't hold the owner's lock.
func (v *versions) FN_Version(name string) int { return v.of[name] }

// Fleet guards the part where it writes it, and hands it out.
type Fleet struct {
	mu   sync.Mutex
	part *versions
}

// Part hands it out.
func (f *Fleet) Part() Versions { return f.part }

// Beat has the lock.
func (f *Fleet) Beat(name string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.part.of[name]++
}
