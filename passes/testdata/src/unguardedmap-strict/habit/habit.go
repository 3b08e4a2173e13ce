// Package habit has exported methods without a lock that the package itself calls under the guard.
package habit

import "sync"

type Bookcase struct {
	mu    sync.Mutex
	books map[string]int
}

func NewBookcase() *Bookcase { return &Bookcase{books: map[string]int{}} }

// BookBad is called by other packages, which can't lock, and under the lock by a method here.
func (b *Bookcase) BookBad(k string) int {
	return b.books[k] // want `map Bookcase\.books is read without Bookcase\.mu`
}

// CountOk is the number of books. The caller must hold b.mu.
func (b *Bookcase) CountOk() int { return len(b.books) }

// placeOk is called here only.
func (b *Bookcase) placeOk(k string) int { return b.books[k] }

func (b *Bookcase) Put(k string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.books[k] = b.BookBad(k) + b.CountOk() + b.placeOk(k)
}

func (b *Bookcase) Take(k string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	delete(b.books, k)
}

// Shelf has a lock that others can take, too.
type Shelf struct {
	Mu    sync.Mutex
	books map[string]int
}

// BookOk may be called with the lock held by other packages, as it is here.
func (s *Shelf) BookOk(k string) int { return s.books[k] }

func (s *Shelf) Put(k string) {
	s.Mu.Lock()
	defer s.Mu.Unlock()
	s.books[k] = s.BookOk(k) + 1
}

func (s *Shelf) Take(k string) {
	s.Mu.Lock()
	defer s.Mu.Unlock()
	delete(s.books, k)
}
