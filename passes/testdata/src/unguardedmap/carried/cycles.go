package carried

import "sync"

// A field of a struct made here is set to a variable that is set from the field.
type walker struct {
	mu   sync.Mutex
	rows map[string]int
}

type step struct{ at map[string]int }

func (w *walker) AddOk() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.rows["a"]++
}

func (w *walker) FN_Walk(n int) int {
	w.mu.Lock()
	rows := w.rows
	w.mu.Unlock()
	s := &step{}
	for range n {
		s.at = rows
		s.next()
		rows = s.at
	}
	return rows["x"]
}

func (s *step) next() {
	s.at["x"]++
}

// A part of the result is a part of the argument, and the argument is the result of the last turn.
type link struct{ rows map[string]int }

func again(l *link) *link { return &link{rows: l.rows} }

type chain struct {
	mu  sync.Mutex
	cur *link
}

func (c *chain) WalkOk(n int) int {
	l := c.cur
	for range n {
		l = again(l)
	}
	return l.rows["x"]
}
