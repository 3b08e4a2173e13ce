// Package modes releases a lock in the mode in which it was not taken.
package modes

import "sync"

type Table struct {
	mu   sync.RWMutex
	rows map[string]int
}

func (t *Table) ReadBad(k string) int {
	t.mu.RLock()
	n := t.rows[k]
	t.mu.Unlock() // want `Table.mu is released with Unlock, but was taken with RLock on line 12`
	return n
}

func (t *Table) WriteBad(k string) {
	t.mu.Lock()
	defer t.mu.RUnlock() // want `Table.mu is released with RUnlock, but was taken with Lock on line 19; it guards map Table.rows`
	t.rows[k] = 1
}

func (t *Table) DeferBad(k string) int {
	t.mu.RLock()
	defer t.mu.Unlock() // want `released with Unlock, but was taken with RLock on line 25`
	return t.rows[k]
}

func (t *Table) ClosureBad(k string) int {
	t.mu.RLock()
	defer func() { // want `released with Unlock, but was taken with RLock on line 31`
		t.mu.Unlock()
	}()
	return t.rows[k]
}

// One of two modes, and the same at the end.
func (t *Table) EitherOk(k string, write bool) int {
	if write {
		t.mu.Lock()
	} else {
		t.mu.RLock()
	}
	n := t.rows[k]
	if write {
		t.mu.Unlock()
	} else {
		t.mu.RUnlock()
	}
	return n
}

// Read first, then looked at again under the write lock.
func (t *Table) GetOk(k string) int {
	t.mu.RLock()
	n, ok := t.rows[k]
	t.mu.RUnlock()
	if ok {
		return n
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.rows[k] = 1
	return 1
}

// The read lock as a Locker.
func (t *Table) LockerOk(k string) int {
	l := t.mu.RLocker()
	l.Lock()
	defer l.Unlock()
	return t.rows[k]
}
