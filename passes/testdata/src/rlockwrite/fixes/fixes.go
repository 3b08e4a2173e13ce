// Package fixes goes through the forms of a section, and the reasons for which none is widened.
package fixes

import "sync"

type Store struct {
	mu   sync.RWMutex
	m    map[string]int
	hook func(string)
	c    chan int
}

func (s *Store) Get(k string) int {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.m[k]
}

// Released on two paths.
func (s *Store) PathsBad(k string) int {
	s.mu.RLock()
	if n, ok := s.m[k]; ok {
		s.mu.RUnlock()
		return n
	}
	s.m[k] = 1 // want `map Store.m is written here with Store.mu only read-locked.*and can be read at fixes.go:16 at the same time$`
	s.mu.RUnlock()
	return 1
}

// Released in a deferred closure.
func (s *Store) DeferredBad(k string) {
	s.mu.RLock()
	defer func() {
		s.mu.RUnlock()
	}()
	s.m[k] = 1 // want `map Store.m is written here .*fixes.go:16 at the same time$`
}

// Only the section that writes is widened.
func (s *Store) SecondBad(k string) {
	s.mu.RLock()
	_, ok := s.m[k]
	s.mu.RUnlock()
	if ok {
		return
	}
	s.mu.RLock()
	defer s.mu.RUnlock()
	s.m[k] = 1 // want `map Store.m is written here .*fixes.go:16 at the same time$`
}

// Released around a slow call, and taken again.
func (s *Store) AgainBad(k string) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	n := s.m[k]
	s.mu.RUnlock()
	n = slow(n)
	s.mu.RLock()
	s.m[k] = n // want `map Store.m is written here .*fixes.go:16 at the same time$`
}

func slow(n int) int { return n + 1 }

// Taken on two paths, released in one place.
func (s *Store) JoinBad(k string, b bool) {
	if b {
		s.mu.RLock()
	} else {
		k = k + "!"
		s.mu.RLock()
	}
	s.m[k] = 1 // want `map Store.m is written here .*fixes.go:16 at the same time$`
	s.mu.RUnlock()
}

// In a loop, with a way out of it.
func (s *Store) LoopBad(keys []string) {
	for _, k := range keys {
		s.mu.RLock()
		if k == "" {
			s.mu.RUnlock()
			continue
		}
		s.m[k]++ // want `map Store.m is written here .*fixes.go:16 at the same time$`
		s.mu.RUnlock()
	}
}

// No fix: Get, called in the section, takes the lock again.
func (s *Store) CalleeBad(k string) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	s.m[k] = s.Get("x") // want `map Store.m is written here .*; no fix: the section calls Store.Get, which takes Store.mu, too$`
}

// No fix: called by Caller with the lock held for reading.
func (s *Store) CalledBad(k string) {
	s.mu.RLock()
	s.m[k] = 1 // want `map Store.m is written here .*; no fix: Store.Caller calls it with Store.mu held$`
	s.mu.RUnlock()
}

func (s *Store) Caller() {
	s.mu.RLock()
	defer s.mu.RUnlock()
	s.middle()
}

func (s *Store) middle() { s.CalledBad("x") }

// No fix: nobody knows what the hook does.
func (s *Store) HookBad(k string) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	s.m[k] = 1 // want `map Store.m is written here .*; no fix: the section calls s.hook, which may take the lock$`
	s.hook(k)
}

// No fix: whoever sends may want the read lock.
func (s *Store) WaitBad(k string) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	s.m[k] = <-s.c // want `map Store.m is written here .*; no fix: the section waits for other goroutines$`
}

// No fix: an attempt.
func (s *Store) TryBad(k string) {
	if s.mu.TryRLock() {
		s.m[k] = 1 // want `map Store.m is written here .*; no fix: the lock is taken by an attempt$`
		s.mu.RUnlock()
	}
}

// No fix: two instances.
func (s *Store) TwoBad(t *Store, k string) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	t.mu.RLock()
	defer t.mu.RUnlock()
	t.m[k] = s.m[k] // want `map Store.m is written here .*; no fix: another lock of that name is taken in the section$`
}

// No fix: the same, in a loop.
func (s *Store) RangeBad() {
	s.mu.RLock()
	defer s.mu.RUnlock()
	for n := range s.c {
		s.m["n"] = n // want `map Store.m is written here .*; no fix: the section waits for other goroutines$`
	}
}

// No fix: the helper waits.
func (s *Store) HelperBad(k string) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	s.m[k] = s.next() // want `map Store.m is written here .*; no fix: the section calls Store.next, which waits for other goroutines$`
}

func (s *Store) next() int { return <-s.c }

type Left struct {
	mu sync.RWMutex
	m  map[string]int
}

func (s *Left) Get(k string) int {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.m[k]
}

// No fix: not released on all paths.
func (s *Left) LeftBad(k string) {
	s.mu.RLock()
	s.m[k] = 1 // want `map Left.m is written here .*; no fix: the lock is not released in this function on every path$`
	if k != "" {
		s.mu.RUnlock()
	}
}

// No fix: who else holds it is not clear.
func (s *Left) OtherBad(k string) {
	s.mu.RLock()
	s.m[k] = 1 // want `map Left.m is written here .*; no fix: Left.LeftBad returns with Left.mu held$`
	s.mu.RUnlock()
}
