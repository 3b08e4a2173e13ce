// Package shelf has objects that others use by interfaces of their own.
package shelf

import "sync"

// Plain has no lock.
type Plain struct{ rows map[string]int }

// NewPlain makes one.
func NewPlain() *Plain { return &Plain{rows: map[string]int{}} }

// Add writes.
func (p *Plain) Add(k string) { p.rows[k]++ }

// Len reads.
func (p *Plain) Len() int { return len(p.rows) }

// Locked has one.
type Locked struct {
	mu   sync.Mutex
	rows map[string]int
}

// NewLocked makes one.
func NewLocked() *Locked { return &Locked{rows: map[string]int{}} }

// Add writes.
func (l *Locked) Add(k string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.rows[k]++
}

// Len reads.
func (l *Locked) Len() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.rows)
}

// Odd is never handed over as the interface.
type Odd struct{ rows map[string]int }

// Add writes.
func (o *Odd) Add(k string) { o.rows[k]++ }

// Len reads.
func (o *Odd) Len() int { return len(o.rows) }

// Adder is what can be dressed.
type Adder interface{ Add(k string) }

type dressed struct {
	mu sync.Mutex
	in Adder
}

func (d *dressed) Add(k string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.in.Add(k)
}

// Lock dresses in with a lock.
func Lock(in Adder) Adder { return &dressed{in: in} }
