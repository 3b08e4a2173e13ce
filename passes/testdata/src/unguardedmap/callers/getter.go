package callers

import "sync"

type Bookcase struct {
	mu    sync.Mutex
	books map[string]int
}

func NewBookcase() *Bookcase { return &Bookcase{books: map[string]int{}} }

// FN_Book is called by other packages, which can't lock, and under the lock by a method here.
func (s *Bookcase) FN_Book(k string) int { return s.books[k] }

func (s *Bookcase) Put(k string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.books[k] = s.FN_Book(k) + 1
}

func (s *Bookcase) Take(k string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.books, k)
}
