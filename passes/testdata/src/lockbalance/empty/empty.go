// Package empty locks for nothing.
package empty

import "sync"

type Store struct {
	mu sync.Mutex
	n  int
}

func (s *Store) EmptyBad() {
	// want +3 `Store.mu is locked and released at once`

	s.n++
	s.mu.Lock()
	s.mu.Unlock()
	s.n++
}

func (s *Store) BarrierOk() {
	// Wait until whoever is inside has left.
	s.mu.Lock()
	s.mu.Unlock()
}

func (s *Store) Barrier2Ok() {
	s.mu.Lock()
	s.mu.Unlock() // barrier
}

func (s *Store) ReadOk() int {
	s.mu.Lock()
	n := s.n
	s.mu.Unlock()
	return n
}

func (s *Store) IfOk() {
	s.mu.Lock()
	if s.n > 0 {
	}
	s.mu.Unlock()
}
