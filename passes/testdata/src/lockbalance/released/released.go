// Package released uses a map when its guard was released, which unguardedmap reports.
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

func (s *Store) CountElsewhere(k string) int {
	s.mu.Lock()
	s.rows[k] = 1
	s.mu.Unlock()
	return len(s.rows)
}

func (s *Store) LoadedElsewhere() (out []string) {
	s.mu.Lock()
	rows := s.rows
	s.mu.Unlock()
	for k := range rows {
		out = append(out, k)
	}
	return out
}
