// Package given returns maps bare that others write under a lock: whoever gets one touches it beside them.
package given

import (
	"maps"
	"sync"
)

type Store struct {
	mu   sync.RWMutex
	rows map[string]int
	old  map[string]int
	tags map[string]string
}

func (s *Store) Put(k string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.rows[k]++
}

func (s *Store) RowsBad() map[string]int {
	return s.rows // want `map Store.rows itself is returned, to be used by the caller without Store.mu, under which it is written`
}

func (s *Store) RowsOk() map[string]int {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return maps.Clone(s.rows)
}

// Swap puts another map in its place: who has the old one has it for itself. (That the variable is read bare is another matter.)
func (s *Store) Swap(m map[string]int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.old = m
}

func (s *Store) OldBad() map[string]int {
	return s.old // want `variable Store.old is read without Store.mu, under which it is replaced`
}

// The tags are there from the start, and nobody writes them.
func NewStore(tags map[string]string) *Store { return &Store{tags: tags} }

func (s *Store) TagsOk() map[string]string { return s.tags }

func (s *Store) TagOk(k string) string {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.tags[k]
}

var (
	mu   sync.Mutex
	seen = map[string]bool{}
)

func See(k string) {
	mu.Lock()
	defer mu.Unlock()
	seen[k] = true
}

func SeenBad() map[string]bool {
	return seen // want `map seen itself is returned, to be used by the caller without mu, under which it is written`
}

// Open lets its callers lock it.
type Open struct {
	sync.Mutex
	rows map[string]int
}

func (o *Open) Put(k string) {
	o.Lock()
	defer o.Unlock()
	o.rows[k]++
}

func (o *Open) RowsOk() map[string]int { return o.rows }

// helped is for functions here, which hold the lock.
type helped struct {
	mu   sync.Mutex
	rows map[string]int
}

// Rows is called with the lock held.
func (h *helped) RowsOk() map[string]int { return h.rows }

func (h *helped) Put(k string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.RowsOk()[k]++
}

func (h *helped) Get(k string) int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.RowsOk()[k]
}

// own is not for others.
func (s *Store) ownOk() map[string]int { return s.rows }

func (s *Store) Len() int {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return len(s.ownOk())
}

// Values holds maps that nothing here touches but to return them.
type Values struct{ all map[string]any }

func (v *Values) InnerOk(k string) map[string]any { return v.all[k].(map[string]any) }
