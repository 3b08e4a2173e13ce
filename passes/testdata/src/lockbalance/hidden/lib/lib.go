// Package lib hides a type behind an interface.
package lib

import "sync"

// Backend is implemented by one type, which only New makes.
type Backend interface {
	Force()
	Begin()
	End()
}

type base struct {
	mu   sync.Mutex
	rows map[string]int
}

// tx has its lock under two names.
type tx struct {
	base *base
	l    sync.Locker
}

func (t *tx) lock()   { t.base.mu.Lock() }
func (t *tx) Unlock() { t.l.Unlock() }

type backend struct {
	tx *tx
	mu sync.Mutex
}

// New returns an empty Backend.
func New() Backend {
	b := &base{rows: map[string]int{}}
	return &backend{tx: &tx{b, &b.mu}}
}

// Force takes the lock by one name and gives it up by the other.
func (b *backend) Force() {
	b.tx.lock()
	b.tx.base.rows["forced"]++
	b.tx.Unlock()
}

func (b *backend) Begin() { b.mu.Lock() }
func (b *backend) End()   { b.mu.Unlock() }
