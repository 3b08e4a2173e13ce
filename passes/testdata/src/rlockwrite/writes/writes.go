// Package writes goes through what changes a map, each under the read lock of its guard.
package writes

import (
	"maps"
	"sync"
)

type Table struct {
	mu   sync.RWMutex
	rows map[string]int
	in   map[string]map[string]int
}

func (t *Table) Len() int {
	t.mu.RLock()
	defer t.mu.RUnlock()
	return len(t.rows)
}

func (t *Table) In(k string) int {
	t.mu.RLock()
	defer t.mu.RUnlock()
	return len(t.in[k])
}

func (t *Table) AssignBad(k string) {
	t.mu.RLock()
	t.rows[k] = 1 // want `map Table.rows is written here with Table.mu only read-locked, and can be measured at writes.go:18 at the same time`
	t.mu.RUnlock()
}

func (t *Table) AssignOk(k string) {
	t.mu.Lock()
	t.rows[k] = 1
	t.mu.Unlock()
}

func (t *Table) OpAssignBad(k string) {
	t.mu.RLock()
	defer t.mu.RUnlock()
	t.rows[k] += 2 // want `map Table.rows is written here with Table.mu only read-locked`
}

func (t *Table) OpAssignOk(k string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.rows[k] += 2
}

func (t *Table) IncBad(k string) {
	t.mu.RLock()
	defer t.mu.RUnlock()
	t.rows[k]++ // want `map Table.rows is written here with Table.mu only read-locked`
}

func (t *Table) IncOk(k string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.rows[k]++
}

func (t *Table) DeleteBad(k string) {
	t.mu.RLock()
	defer t.mu.RUnlock()
	delete(t.rows, k) // want `map Table.rows is deleted from here with Table.mu only read-locked`
}

func (t *Table) DeleteOk(k string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.rows, k)
}

func (t *Table) ClearBad() {
	t.mu.RLock()
	defer t.mu.RUnlock()
	clear(t.rows) // want `map Table.rows is cleared here with Table.mu only read-locked`
}

func (t *Table) ClearOk() {
	t.mu.Lock()
	defer t.mu.Unlock()
	clear(t.rows)
}

func (t *Table) CopyBad(from map[string]int) {
	t.mu.RLock()
	defer t.mu.RUnlock()
	maps.Copy(t.rows, from) // want `map Table.rows is written here with Table.mu only read-locked`
}

func (t *Table) CopyOk(from map[string]int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	maps.Copy(t.rows, from)
}

// Copied from, not into.
func (t *Table) CopyOutOk() map[string]int {
	t.mu.RLock()
	defer t.mu.RUnlock()
	out := map[string]int{}
	maps.Copy(out, t.rows)
	return out
}

func (t *Table) InsertBad(from map[string]int) {
	t.mu.RLock()
	defer t.mu.RUnlock()
	maps.Insert(t.rows, maps.All(from)) // want `map Table.rows is written here with Table.mu only read-locked`
}

func (t *Table) InsertOk(from map[string]int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	maps.Insert(t.rows, maps.All(from))
}

func (t *Table) DeleteFuncBad() {
	t.mu.RLock()
	defer t.mu.RUnlock()
	maps.DeleteFunc(t.rows, func(string, int) bool { return true }) // want `map Table.rows is deleted from here with Table.mu only read-locked`
}

func (t *Table) DeleteFuncOk() {
	t.mu.Lock()
	defer t.mu.Unlock()
	maps.DeleteFunc(t.rows, func(string, int) bool { return true })
}

// Through an alias.
func (t *Table) AliasBad(k string) {
	t.mu.RLock()
	defer t.mu.RUnlock()
	rows := t.rows
	rows[k] = 1 // want `map Table.rows is written here with Table.mu only read-locked`
}

func (t *Table) AliasOk(k string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	rows := t.rows
	rows[k] = 1
}

// The inner map of a map.
func (t *Table) InnerBad(a, b string) {
	t.mu.RLock()
	defer t.mu.RUnlock()
	t.in[a][b] = 1 // want `map Table.in\[\] is written here with Table.mu only read-locked`
}

func (t *Table) InnerOk(a, b string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.in[a][b] = 1
}

// Several writes in one section are one finding.
func (t *Table) TwiceBad(k string, b bool) {
	t.mu.RLock()
	defer t.mu.RUnlock()
	if b {
		t.rows[k] = 1 // want `map Table.rows is written here with Table.mu only read-locked`
	} else {
		delete(t.rows, k)
	}
}

type Lazy struct {
	mu   sync.RWMutex
	seen map[string]bool
}

func (l *Lazy) Put(k string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.seen[k] = true
}

// Lazy initialisation replaces the variable.
func (l *Lazy) GetBad(k string) bool {
	l.mu.RLock()
	defer l.mu.RUnlock()
	if l.seen == nil {
		l.seen = map[string]bool{} // want `map variable Lazy.seen is replaced here with Lazy.mu only read-locked`
	}
	return l.seen[k]
}

func (l *Lazy) GetOk(k string) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.seen == nil {
		l.seen = map[string]bool{}
	}
	return l.seen[k]
}

// Looked up under the read lock, made under the write lock after looking again.
func (l *Lazy) UpgradeOk(k string) bool {
	l.mu.RLock()
	v, ok := l.seen[k]
	l.mu.RUnlock()
	if ok {
		return v
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.seen == nil {
		l.seen = map[string]bool{}
	}
	l.seen[k] = true
	return true
}
