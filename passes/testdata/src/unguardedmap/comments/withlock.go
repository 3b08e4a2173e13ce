package comments

import "sync"

// Racks has functions whose names end alike, some for whoever holds the lock, and some that take it.
type Racks struct {
	mu sync.Mutex
	m  map[string]int
}

func (r *Racks) Lock(n int) { r.mu.Lock() }

func (r *Racks) Unlock(n int) { r.mu.Unlock() }

func (r *Racks) Put(k string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.m[k]++
}

func (r *Racks) Drop(k string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.m, k)
}

func (r *Racks) GetWithLock(k string) int { return r.m[k] } // Ok: it takes none itself

func (r *Racks) SizeWithLock() int {
	r.mu.Lock()
	n := len(r.m)
	r.mu.Unlock()
	return n + len(r.m) // want `map Racks.m is measured without Racks.mu`
}

func (r *Racks) Get(k string) int { return r.m[k] } // want `map Racks.m is read without Racks.mu`
