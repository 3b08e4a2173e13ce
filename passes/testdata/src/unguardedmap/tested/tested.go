// Package tested has methods that nobody but its tests call here.
package tested

import "sync"

type rows struct {
	mu sync.Mutex
	m  map[string]int
}

type Store struct{ Rows *rows }

func (r *rows) Put(k string) {
	r.mu.Lock()
	r.m[k]++
	r.mu.Unlock()
}

// Other packages reach it through Store.Rows, whatever the tests do.
func (r *rows) GetBad(k string) int {
	return r.m[k] // want `map rows.m is read without rows.mu`
}

// A helper that only a test calls is nobody's entry.
func (r *rows) sizeOk() int { return len(r.m) }
