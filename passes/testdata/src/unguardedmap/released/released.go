// Package released uses a map when its guard was released: one bug, and one finding.
package released

import "sync"

type Store struct {
	mu   sync.Mutex
	rows map[string]int
}

func (s *Store) PutOk(k string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.rows[k] = 1
}

func (s *Store) DropOk(k string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.rows, k)
}

func (s *Store) CountBad(k string) int {
	s.mu.Lock()
	s.rows[k] = 1
	s.mu.Unlock()
	return len(s.rows) // want `map Store.rows is measured without Store.mu`
}

func (s *Store) LoadedBad() (out []string) {
	s.mu.Lock()
	rows := s.rows
	s.mu.Unlock()
	for k := range rows { // want `map Store.rows is iterated after Store.mu, under which it was taken, is released`
		out = append(out, k)
	}
	return out
}
