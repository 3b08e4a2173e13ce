package unlocks

import "sync"

// shelf has two faults on one lock. One that gives it up once too often gives up nobody's: it does not excuse the other, which leaves it held.
type shelf struct {
	mu   sync.Mutex
	rows map[string]int
}

func (s *shelf) dropBad(k string) {
	s.mu.Lock()
	if _, ok := s.rows[k]; !ok {
		s.mu.Unlock()
	}
	delete(s.rows, k)
	s.mu.Unlock() // want `shelf.mu is released here, but was released on line \d+ already`
}

func (s *shelf) getBad(k string) int {
	s.mu.Lock() // want `shelf.mu is locked here and still held at the return on line \d+; other paths release it`
	n, ok := s.rows[k]
	if !ok {
		return 0
	}
	s.mu.Unlock()
	return n
}

type ledger struct {
	mu   sync.Mutex
	rows map[string]int
}

func (l *ledger) setBad(k string, safe bool) {
	if safe {
		l.mu.Lock()
	}
	l.rows[k]++
	l.mu.Unlock() // want `ledger.mu is released here, but is not held on every path to this place`
}

func (l *ledger) getBad(k string) int {
	l.mu.Lock() // want `ledger.mu is locked here and still held at the return on line \d+; other paths release it`
	n, ok := l.rows[k]
	if !ok {
		return 0
	}
	l.mu.Unlock()
	return n
}

// desk is taken for the caller, who gives it back by a method: what leaves it held is meant.
type desk struct {
	mu   sync.Mutex
	rows map[string]int
}

func (d *desk) takeOk(k string) bool {
	d.mu.Lock()
	if _, ok := d.rows[k]; !ok {
		d.mu.Unlock()
		return false
	}
	return true
}

func (d *desk) giveBackOk(k string, again bool) {
	d.rows[k]++
	d.mu.Unlock()
	if !again {
		return
	}
	d.mu.Lock()
	d.rows[k]++
	d.mu.Unlock()
}
