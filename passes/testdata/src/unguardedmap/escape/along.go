package escape

import "sync"

type sheetOk struct {
	mu    *sync.Mutex
	cells map[string]int
	title string
}

// The copy has the lock, too.
func (s *sheetOk) Titled(t string) *sheetOk {
	s.mu.Lock()
	c := *s
	s.mu.Unlock()
	c.title = t
	return &c
}

func (s *sheetOk) Put(k string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.cells[k]++
}

func (s *sheetOk) Drop(k string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.cells, k)
}

func (s *sheetOk) SumOk() int {
	t := s.Titled("sum")
	t.mu.Lock()
	defer t.mu.Unlock()
	return len(t.cells)
}

func (s *sheetOk) SumBad() int {
	t := s.Titled("sum")
	return len(t.cells) // want `map sheetOk.cells is measured without sheetOk.mu`
}

type sheetBad struct {
	mu    *sync.Mutex
	cells map[string]int
	title string
}

// The copy gets a lock of its own.
func (s *sheetBad) Titled(t string) *sheetBad {
	s.mu.Lock()
	c := *s
	s.mu.Unlock()
	c.title = t
	c.mu = &sync.Mutex{}
	return &c // want `map sheetBad.cells itself is returned, to be used by the caller after sheetBad.mu is released`
}

func (s *sheetBad) Put(k string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.cells[k]++
}

func (s *sheetBad) Drop(k string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.cells, k)
}
