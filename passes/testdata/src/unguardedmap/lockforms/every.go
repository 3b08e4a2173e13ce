package lockforms

import "sync"

// Shards has a lock for each of its parts, and methods that take them all: what callers are not told of.
type Shards struct {
	parts [16]*part
	list  []*part
}

type part struct {
	mu   sync.RWMutex
	rows map[int]int
}

func (s *Shards) Lock() {
	for _, p := range s.parts {
		p.mu.Lock()
	}
}

func (s *Shards) Unlock() {
	for _, p := range s.parts {
		p.mu.Unlock()
	}
}

func (s *Shards) readLock() {
	for _, p := range s.list {
		p.mu.RLock()
	}
}

func (s *Shards) readUnlock() {
	for _, p := range s.list {
		p.mu.RUnlock()
	}
}

func (s *Shards) Add(k int) {
	p := s.parts[k%16]
	p.mu.Lock()
	defer p.mu.Unlock()
	p.rows[k]++
	p.rows[-k]++
}

func (s *Shards) FP_Sum() (n int) {
	s.Lock()
	defer s.Unlock()
	for _, p := range s.parts {
		for _, v := range p.rows { // want `map part.rows is iterated without part.mu`
			n += v
		}
	}
	return n
}

func (s *Shards) FP_Count() (n int) {
	s.readLock()
	defer s.readUnlock()
	for i := range s.list {
		n += len(s.list[i].rows) // want `map part.rows is measured without part.mu`
	}
	return n
}

// Cells gives its locks up too early, or takes one for all.
type Cells struct{ cells []*cell }

type cell struct {
	mu   sync.Mutex
	rows map[int]int
}

func (c *Cells) lock() {
	for _, l := range c.cells {
		l.mu.Lock()
	}
}

func (c *Cells) unlock() {
	for _, l := range c.cells {
		l.mu.Unlock()
	}
}

func (c *Cells) Add(k int) {
	l := c.cells[k]
	l.mu.Lock()
	defer l.mu.Unlock()
	l.rows[k]++
	l.rows[-k]++
}

func (c *Cells) EarlyBad() (n int) {
	c.lock()
	c.unlock()
	for _, l := range c.cells {
		n += len(l.rows) // want `map cell.rows is measured without cell.mu`
	}
	return n
}

func (c *Cells) BareBad() (n int) {
	for _, l := range c.cells {
		n += len(l.rows) // want `map cell.rows is measured without cell.mu`
	}
	return n
}
