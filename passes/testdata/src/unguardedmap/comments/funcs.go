package comments

import "sync"

type Store struct {
	mu   sync.Mutex
	rows map[string]int
}

func (s *Store) Put(k string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.SetOk(k)
	s.WipeOk()
}

// SetOk is for those who hold the lock already. Caller must hold s.mu.
func (s *Store) SetOk(k string) { s.rows[k] = 1 }

// WipeOk wipes. Lock should be held.
func (s *Store) WipeOk() { clear(s.rows) }

// LenOk must be called with mu held.
func (s *Store) LenOk() int { return s.size() }

func (s *Store) size() int { return len(s.rows) }

// The name says it.
func (s *Store) GetLocked(k string) int { return s.rows[k] }

// No lock held on entry.
func (s *Store) GetBad(k string) int {
	return s.rows[k] // want `map Store.rows is read without Store.mu`
}

// GetUnlocked does not lock, and says nothing of its callers.
func (s *Store) PeekBad(k string) int {
	return s.rows[k] // want `map Store.rows is read without Store.mu`
}

// Who calls such a function without the lock is told.
func (s *Store) ClearBad() {
	s.WipeOk() // want `map Store.rows is cleared without Store.mu`
}

// Two locks: which one "the lock" is, nobody says.
type Two struct {
	a, b sync.Mutex
	rows map[string]int
}

func (t *Two) Put(k string) {
	t.a.Lock()
	defer t.a.Unlock()
	t.rows[k] = 1
}

func (t *Two) Drop(k string) {
	t.a.Lock()
	defer t.a.Unlock()
	delete(t.rows, k)
}

// The lock must be held.
func (t *Two) LenOk() int { return len(t.rows) }

// Callers must hold b.
func (t *Two) WipeBad() {
	clear(t.rows) // want `map Two.rows is cleared without Two.a`
}
