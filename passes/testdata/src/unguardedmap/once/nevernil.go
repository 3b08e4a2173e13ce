package once

import "sync"

// shelfOk looks whether it has a map, and always has: its constructor makes one, and nobody takes that away.
type shelfOk struct {
	mu    sync.Mutex
	books map[string]int
}

func NewShelfOk() *shelfOk { return &shelfOk{books: map[string]int{}} }

func (s *shelfOk) Add(k string) {
	if s.books == nil {
		s.mu.Lock()
		s.books = map[string]int{}
		s.mu.Unlock()
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.books[k]++
}

func (s *shelfOk) Count(k string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.books[k]
}

// shelfBad has a second constructor, which makes none.
type shelfBad struct {
	mu    sync.Mutex
	books map[string]int
}

func NewShelfBad() *shelfBad   { return &shelfBad{books: map[string]int{}} }
func EmptyShelfBad() *shelfBad { return &shelfBad{} }

func (s *shelfBad) Add(k string) {
	if s.books == nil { // want `variable shelfBad.books is read without shelfBad.mu, under which it is replaced`
		s.mu.Lock()
		s.books = map[string]int{}
		s.mu.Unlock()
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.books[k]++
}

func (s *shelfBad) Count(k string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.books[k]
}

// shelfEmptiedBad is emptied.
type shelfEmptiedBad struct {
	mu    sync.Mutex
	books map[string]int
}

func NewShelfEmptiedBad() *shelfEmptiedBad { return &shelfEmptiedBad{books: map[string]int{}} }

func (s *shelfEmptiedBad) Add(k string) {
	if s.books == nil { // want `variable shelfEmptiedBad.books is read without shelfEmptiedBad.mu, under which it is replaced`
		s.mu.Lock()
		s.books = map[string]int{}
		s.mu.Unlock()
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.books[k]++
}

func (s *shelfEmptiedBad) Empty() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.books = nil
}

// shelfPartBad is a part of others, too, which make none.
type shelfPartBad struct {
	mu    sync.Mutex
	books map[string]int
}

type libraryBad struct{ shelf shelfPartBad }

func NewShelfPartBad() *shelfPartBad { return &shelfPartBad{books: map[string]int{}} }
func NewLibraryBad() *libraryBad     { return &libraryBad{} }

func (l *libraryBad) Add(k string) { l.shelf.Add(k) }
func (s *shelfPartBad) Add(k string) {
	if s.books == nil { // want `variable shelfPartBad.books is read without shelfPartBad.mu, under which it is replaced`
		s.mu.Lock()
		s.books = map[string]int{}
		s.mu.Unlock()
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.books[k]++
}

func (s *shelfPartBad) Count(k string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.books[k]
}
