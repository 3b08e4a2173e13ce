// Package mixed has locks that one branch takes exclusively and the other for reading.
package mixed

import "sync"

// How the lock is taken and whether the cache is written depend on one condition.
type matchOk struct {
	mu    sync.RWMutex
	cache map[string]int
	rows  map[string]int
}

func (s *matchOk) Find(k string, cached bool) int {
	cached = cached && s.cache != nil
	if cached {
		s.mu.Lock()
		defer s.mu.Unlock()
	} else {
		s.mu.RLock()
		defer s.mu.RUnlock()
	}
	v := s.rows[k]
	if cached {
		s.cache[k] = v
	}
	return v
}

func (s *matchOk) Get(k string) int {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.cache[k]
}

func (s *matchOk) Put(k string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.rows[k] = 1
	clear(s.cache)
}

// The section with two modes is over; this one only reads.
type againBad struct {
	mu    sync.RWMutex
	cache map[string]int
	rows  map[string]int
}

func (s *againBad) Find(k string, cached bool) int {
	if cached {
		s.mu.Lock()
	} else {
		s.mu.RLock()
	}
	v := s.rows[k]
	if cached {
		s.mu.Unlock()
	} else {
		s.mu.RUnlock()
	}
	s.mu.RLock()
	defer s.mu.RUnlock()
	s.cache[k] = v // want `map againBad.cache is written here with againBad.mu only read-locked`
	return v
}

func (s *againBad) Get(k string) int {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.cache[k]
}
