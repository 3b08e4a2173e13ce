// Package tested has a function that leaves its lock held, for its test.
package tested

import "sync"

type Latch struct {
	mu sync.Mutex
	n  int
}

func (l *Latch) holdOk() {
	l.mu.Lock()
	l.n++
}

func (l *Latch) letGoOk() {
	l.n--
	l.mu.Unlock()
}
