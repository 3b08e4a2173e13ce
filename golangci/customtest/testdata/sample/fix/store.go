// Package fix has a fix in one file and a fix in two.
package fix

import "sync"

// Store counts.
type Store struct {
	mu sync.RWMutex
	m  map[string]int
}

// Get reads a count.
func (s *Store) Get(k string) int {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.m[k]
}

// Set writes a count.
func (s *Store) Set(k string, n int) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	s.m[k] = n
}

func show(s Store) int {
	return s.Get("")
}
