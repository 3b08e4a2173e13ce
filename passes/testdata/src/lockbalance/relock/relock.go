// Package relock takes a lock that is held.
package relock

import "sync"

type Store struct {
	mu    sync.RWMutex
	rows  map[string]int
	other *Store
}

func (s *Store) Get(k string) int {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.rows[k]
}

func (s *Store) Put(k string, n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.rows[k] = n
}

func (s *Store) DirectBad(k string) {
	s.mu.Lock()
	if s.rows[k] == 0 {
		s.mu.Lock() // want `Store.mu is locked while it is held since line 25: this waits for itself; it guards map Store.rows`
		s.rows[k] = 1
	}
	s.mu.Unlock()
}

func (s *Store) CalleeBad(k string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.rows[k] = s.Get(k) + 1 // want `Store.mu is read-locked by Store.Get, which is called here, while it is held since line 34`
}

func (s *Store) UpgradeBad(k string) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if s.rows[k] == 0 {
		s.mu.Lock() // want `Store.mu is locked while it is held since line 40 for reading: a read lock can't be upgraded`
		s.rows[k] = 1
		s.mu.Unlock()
	}
}

func (s *Store) UpgradeCallBad(k string) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if s.rows[k] == 0 {
		s.Put(k, 1) // want `Store.mu is locked by Store.Put, which is called here, while it is held since line 50 for reading`
	}
}

func (s *Store) get2(k string) int { return s.Get(k) }

func (s *Store) DeepBad(k string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.rows[k] = s.get2(k) // want `by Store.get2, which is called here`
}

// A note, if it is asked for.
func (s *Store) TwoReadersOk(k string) int {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.Get(k)
}

// Another one of its kind.
func (s *Store) OtherOk(k string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.rows[k] = s.other.Get(k)
}

func (s *Store) AfterOk(k string) {
	s.mu.RLock()
	n := s.rows[k]
	s.mu.RUnlock()
	s.Put(k, n+1)
}

func (s *Store) bump(k string, locked bool) {
	if !locked {
		s.mu.Lock()
		defer s.mu.Unlock()
	}
	s.rows[k]++
}

// The callee is told.
func (s *Store) ToldOk(k string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.bump(k, true)
}

func (s *Store) ToldBad(k string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.bump(k, false) // want `Store.mu is locked by Store.bump`
}

// Each round, another.
func moveOk(in []*Store) {
	for i := range in {
		in[i].mu.Lock()
	}
	for i := range in {
		in[i].mu.Unlock()
	}
}

func twoOk(a, b *Store) {
	a.mu.Lock()
	defer a.mu.Unlock()
	b.mu.Lock()
	defer b.mu.Unlock()
	a.rows["x"] = b.rows["x"]
}

// On another goroutine, which waits.
func (s *Store) LaterOk(k string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	go s.Put(k, 1)
}
