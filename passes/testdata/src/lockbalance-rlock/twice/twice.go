// Package twice read-locks what is read-locked. It is a note, off unless asked for.
package twice

import "sync"

type Store struct {
	mu   sync.RWMutex
	rows map[string]int
}

func (s *Store) Get(k string) int {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.rows[k]
}

func (s *Store) SumBad(a, b string) int {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.rows[a] + s.Get(b) // want `Store.mu is read-locked again by Store.Get, which is called here, while it is held since line 18: a writer that comes between blocks both`
}

func (s *Store) DirectBad(a string) int {
	s.mu.RLock()
	s.mu.RLock() // want `Store.mu is read-locked again while it is held since line 24`
	n := s.rows[a]
	s.mu.RUnlock()
	s.mu.RUnlock()
	return n
}

func (s *Store) AfterOk(a string) int {
	s.mu.RLock()
	n := s.rows[a]
	s.mu.RUnlock()
	return n + s.Get(a)
}
