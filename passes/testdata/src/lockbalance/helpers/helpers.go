// Package helpers locks and unlocks through functions of its own.
package helpers

import "sync"

type Store struct {
	mu   sync.Mutex
	rows map[string]int
	n    int
}

func (s *Store) lock()   { s.mu.Lock() }
func (s *Store) unlock() { s.mu.Unlock() }

func (s *Store) PutOk(k string) {
	s.lock()
	defer s.unlock()
	s.rows[k] = 1
}

func (s *Store) MixedOk(k string) {
	s.lock()
	s.rows[k] = 1
	s.mu.Unlock()
}

func (s *Store) GetBad(k string) int {
	s.lock() // want `Store.mu is locked here and still held at the return on line 30`
	if s.n == 0 {
		return 0
	}
	n := s.rows[k]
	s.unlock()
	return n
}

func (s *Store) AgainBad(k string) {
	s.lock()
	s.lock() // want `Store.mu is locked by Store.lock, which is called here, while it is held since line 38`
	s.rows[k] = 1
	s.unlock()
}

type Guarded struct {
	sync.Mutex
	rows map[string]int
}

func (g *Guarded) PutOk(k string) {
	g.Lock()
	defer g.Unlock()
	g.rows[k] = 1
}

func (g *Guarded) GetBad(k string) int {
	g.Lock() // want `Guarded.Mutex is locked here and still held at the return on line 58`
	if k == "" {
		return 0
	}
	n := g.rows[k]
	g.Unlock()
	return n
}

// Its caller holds the lock, and gets it back.
func (s *Store) flush(f func()) {
	s.mu.Unlock()
	f()
	s.mu.Lock()
}

func (s *Store) FlushOk(f func()) {
	s.mu.Lock()
	s.flush(f)
	s.n++
	s.mu.Unlock()
}

type table struct {
	locks map[string]*sync.Mutex
	n     int
}

func (t *table) lockFor(k string) *sync.Mutex { return t.locks[k] }

func (t *table) useOk(k string) {
	t.lockFor(k).Lock()
	defer t.lockFor(k).Unlock()
}

func (t *table) elemOk(k string, j string) {
	t.locks[k].Lock()
	t.locks[j].Lock()
	t.n++
	t.locks[j].Unlock()
	t.locks[k].Unlock()
}
