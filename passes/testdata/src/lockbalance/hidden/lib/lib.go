// Package lib hides a type behind an interface.
package lib

import "sync"

// Backend is implemented by one type, which only New makes.
type Backend interface {
	Force()
	Begin()
	End()
}

// tx is locked through its mutex, and unlocked as a lock of its own, which does more.
type tx struct {
	sync.Mutex
	pending int
	rows    map[string]int
	db      *db
}

// db is locked from the beginning of a transaction to its end.
type db struct{ rw sync.Mutex }

func (t *tx) lock() { t.Mutex.Lock() }

func (t *tx) Lock() { t.Mutex.Lock() }

func (t *tx) Unlock() {
	if t.pending > 9 {
		t.commit()
	}
	t.Mutex.Unlock()
}

func (t *tx) open() { t.db.rw.Lock() }

func (t *tx) commit() {
	t.rows["committed"]++
	t.db.rw.Unlock()
	t.pending = 0
}

type buffered struct {
	tx
	buf int
}

func (t *buffered) Unlock() {
	if t.pending != 0 {
		t.buf = 0
	}
	t.tx.Unlock()
}

func (t *buffered) Commit() {
	t.lock()
	t.commit()
	t.Unlock()
}

type backend struct {
	tx *buffered
	mu sync.Mutex
}

// New returns an empty Backend.
func New() Backend {
	b := &backend{tx: &buffered{tx: tx{rows: map[string]int{}, db: &db{}}}}
	b.tx.open()
	return b
}

// Force takes the lock by one name and gives it up by the other.
func (b *backend) Force() { b.tx.Commit() }

func (b *backend) Begin() { b.mu.Lock() }
func (b *backend) End()   { b.mu.Unlock() }
