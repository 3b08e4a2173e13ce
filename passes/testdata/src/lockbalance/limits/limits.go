// Package limits holds what is wrong and not said.
package limits

import "sync"

type Open struct {
	mu   sync.Mutex
	rows map[string]int
}

// Whoever took it may call this.
func (o *Open) Release() { o.mu.Unlock() }

// The caller might release it.
func (o *Open) FN_Get(k string) int {
	o.mu.Lock()
	n, ok := o.rows[k]
	if !ok {
		return 0
	}
	o.mu.Unlock()
	return n
}

type pair struct {
	mu   sync.Mutex
	next *pair
	n    int
}

// Of two locks of one kind, one only taken and the other only released, nobody knows that they are not one.
func (p *pair) FN_swap(q *pair) int {
	p.mu.Lock()
	if p.n > 0 {
		return 0
	}
	p.mu.Unlock()
	q.mu.Lock()
	return q.n
}

type Loud struct {
	mu   sync.Mutex
	rows map[string]int
	tell func()
}

// What is called back locks again.
func (l *Loud) FN_Put(k string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.rows[k] = 1
	l.tell()
}

func NewLoud() *Loud {
	l := &Loud{rows: map[string]int{}}
	l.tell = func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		l.rows["told"]++
	}
	return l
}

type streamOk struct {
	mu   sync.Mutex
	next func() (string, error)
}

// The lock is kept for good where the stream has ended: nobody is to read on.
func (s *streamOk) FP_Next() (string, error) {
	s.mu.Lock() // want `streamOk.mu is locked here and still held at the return`
	t, err := s.next()
	if err != nil {
		s.mu.Unlock()
		return "", err
	}
	if t == "end" {
		return t, nil
	}
	s.mu.Unlock()
	return t, nil
}
