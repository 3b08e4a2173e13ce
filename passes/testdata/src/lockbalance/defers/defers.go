// Package defers defers the wrong call, or at the wrong place.
package defers

import "sync"

type Store struct {
	mu   sync.RWMutex
	rows map[string]int
	done bool
}

type Plain struct {
	mu   sync.RWMutex
	rows map[string]int
}

type Turns struct {
	mu   sync.RWMutex
	rows map[string]int
}

func (s *Store) LockBad(k string) {
	s.mu.Lock()
	defer s.mu.Lock() // want `defer Store.mu.Lock while it is held: Unlock was meant; it guards map Store.rows`
	s.rows[k] = 1
}

func (s *Store) RLockBad(k string) int {
	s.mu.RLock()
	defer s.mu.RLock() // want `defer Store.mu.RLock while it is held: RUnlock was meant`
	return s.rows[k]
}

// The early return releases what nobody took.
func (s *Store) BeforeBad(k string) {
	defer s.mu.Unlock() // want `Store.mu is released here, but is not held on every path to this place`
	if k == "" {
		return
	}
	s.mu.Lock()
	s.rows[k] = 1
}

func (s *Plain) WithoutBad(k string) int {
	defer s.mu.RUnlock() // want `Plain.mu is released here, but nothing has taken it`
	return s.rows[k]
}

func (s *Turns) LoopBad(keys []string) {
	for _, k := range keys {
		s.mu.Lock()         // want `Turns.mu is locked while it is still held from the last turn of the loop`
		defer s.mu.Unlock() // want `Turns.mu is released by a defer in a loop`
		s.rows[k] = 1
	}
}

func each(in []*Store) {
	for _, s := range in {
		s.mu.Lock()
		defer s.mu.Unlock() // want `Store.mu is released by a defer in a loop`
		s.rows["x"] = 1
	}
}

// All of them, until the end.
func allOk(in []*Store) {
	for _, s := range in {
		s.mu.Lock()
		defer s.mu.Unlock()
	}
	for _, s := range in {
		s.rows["x"] = 1
	}
}

// The loop ends where it defers.
func (s *Store) OnceOk(keys []string) {
	for _, k := range keys {
		if k != "" {
			s.mu.Lock()
			defer s.mu.Unlock()
			s.rows[k] = 1
			return
		}
	}
}

// A flag sees to it that the loop defers once.
func (s *Store) FlagOk(keys []string) {
	locked := false
	for _, k := range keys {
		if !locked {
			s.mu.Lock()
			defer s.mu.Unlock()
			locked = true
		}
		s.rows[k] = 1
	}
}

// A function of its own for each turn.
func (s *Store) TurnOk(keys []string) {
	for _, k := range keys {
		func() {
			s.mu.Lock()
			defer s.mu.Unlock()
			s.rows[k] = 1
		}()
	}
}

func (s *Store) ClosureOk(k string) {
	s.mu.Lock()
	defer func() {
		s.done = true
		s.mu.Unlock()
	}()
	s.rows[k] = 1
}

// Released for a slow call, and taken again whatever happens in it.
func (s *Store) slowOk(f func()) {
	s.mu.Unlock()
	defer s.mu.Lock()
	f()
}

func (s *Store) RunOk(f func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.done {
		s.slowOk(f)
	}
	s.rows["x"] = 1
}
