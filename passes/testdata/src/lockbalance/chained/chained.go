// Package chained locks at once and unlocks at the end, in one line: each method of the lock returns it.
package chained

import "lockbalance/chained/lock"

type Store struct {
	mu   lock.Chain
	rows map[string]int
}

func (s *Store) put(k string) {
	defer s.mu.Lock().Unlock()
	s.rows[k]++
}

// PutsOk: each put has given the lock up at its end.
func (s *Store) PutsOk(keys []string) {
	for _, k := range keys {
		s.put(k)
	}
	s.put("")
}

// NestedBad holds it already.
func (s *Store) NestedBad(k string) {
	defer s.mu.Lock().Unlock()
	s.put(k) // want `Store.mu is locked by Store.put, which is called here, while it is held since line 26: this waits for itself`
}

// ByNameOk keeps the result.
func (s *Store) ByNameOk(k string) {
	l := s.mu.Lock()
	s.rows[k]++
	l.Unlock()
	s.put(k)
}
