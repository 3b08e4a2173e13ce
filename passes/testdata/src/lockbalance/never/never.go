// Package never takes a lock for good.
package never

import "sync"

type Store struct {
	mu   sync.RWMutex
	Mu   sync.Mutex
	rows map[string]int
}

type Reader struct {
	mu sync.RWMutex
	n  int
}

func (s *Store) PutBad(k string) {
	s.mu.Lock() // want `Store.mu is locked here and never released: the next one to take it waits for ever; it guards map Store.rows`
	s.rows[k] = 1
}

func (r *Reader) GetBad() int {
	r.mu.RLock() // want `Reader.mu is read-locked here and never released`
	return r.n
}

func (s *Store) GetOk(k string) int {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.rows[k]
}

// Other packages can release it.
func (s *Store) BeginOk() {
	s.Mu.Lock()
}
