// Package unlocks releases what is not held.
package unlocks

import "sync"

type Counter struct {
	mu sync.Mutex
	n  int
}

func (s *Counter) LoopBad(keys []string) {
	s.mu.Lock()
	for _, k := range keys {
		if k == "" {
			s.mu.Unlock() // want `Counter.mu is released here, but is not held on every path`
		}
	}
	s.mu.Unlock() // want `Counter.mu is released here, but is not held on every path`
}

type Store struct {
	mu   sync.Mutex
	rw   sync.RWMutex
	rows map[string]int
	n    int
}

func (s *Store) TwiceBad(k string) {
	s.mu.Lock()
	s.rows[k] = 1
	s.mu.Unlock()
	s.n++
	s.mu.Unlock() // want `Store.mu is released here, but was released on line 31 already`
}

func (s *Store) DeferredBad(k string) int {
	s.mu.Lock()
	defer s.mu.Unlock() // want `Store.mu is released here, but was released on line 40 already`
	if s.rows[k] == 0 {
		s.mu.Unlock()
		return 0
	}
	return s.rows[k]
}

func (s *Store) BranchBad(k string) {
	if s.n > 0 {
		s.mu.Lock()
		s.rows[k] = 1
	}
	s.mu.Unlock() // want `Store.mu is released here, but is not held on every path to this place`
}

func (s *Store) NeverBad(k string) int {
	n := s.n
	s.rw.RUnlock() // want `Store.rw is released here, but nothing has taken it`
	return n
}

// Released for a slow call, and taken again.
func (s *Store) SlowOk(k string, f func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.rows[k] = 1
	s.mu.Unlock()
	f()
	s.mu.Lock()
	s.n++
}

func (s *Store) PollOk(f func() bool) {
	s.mu.Lock()
	for s.n > 0 {
		s.mu.Unlock()
		ok := f()
		s.mu.Lock()
		if ok {
			break
		}
	}
	s.mu.Unlock()
}

func (s *Store) ReturnsOk(k string) int {
	s.mu.Lock()
	if s.n > 0 {
		s.mu.Unlock()
		return 1
	}
	s.mu.Unlock()
	return 0
}
