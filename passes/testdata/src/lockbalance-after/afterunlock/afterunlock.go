// Package afterunlock uses a map when its guard was released.
package afterunlock

import "sync"

type Store struct {
	mu   sync.Mutex
	rows map[string]int
	snap map[string]int
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
	return len(s.rows) // want `map Store.rows is used here, after its guard Store.mu was released on line 27`
}

func (s *Store) LoadedBad() (out []string) {
	s.mu.Lock()
	rows := s.rows
	s.mu.Unlock()
	for k := range rows { // want `map Store.rows is used here, after its guard Store.mu was released on line 34`
		out = append(out, k)
	}
	return out
}

func (s *Store) AgainOk(k string) int {
	s.mu.Lock()
	s.rows[k] = 1
	s.mu.Unlock()
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.rows)
}

// The old map is this function's own.
func (s *Store) TakeOk() int {
	s.mu.Lock()
	rows := s.rows
	s.rows = map[string]int{}
	s.mu.Unlock()
	return len(rows)
}

// A map that is replaced and never written may be read when it was loaded.
func (s *Store) SnapOk(k string) int {
	s.mu.Lock()
	snap := s.snap
	s.mu.Unlock()
	return snap[k]
}

func (s *Store) SetSnapOk(m map[string]int) {
	fresh := map[string]int{}
	for k, v := range m {
		fresh[k] = v
	}
	s.mu.Lock()
	s.snap = fresh
	s.mu.Unlock()
}
