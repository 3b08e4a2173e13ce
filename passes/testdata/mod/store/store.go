// Package store keeps what other packages of the module work on.
package store

import (
	"net/http"
	"sync"
)

type cache struct{ rows map[string]string }

func (c *cache) get(k string) string { return c.rows[k] }
func (c *cache) set(k, v string)     { c.rows[k] = v }

// Names has no lock, and works on its map in helpers.
type Names struct{ cache *cache }

func NewNames() *Names { return &Names{cache: &cache{rows: map[string]string{}}} }

func (n *Names) Find(k string) string {
	if v := n.cache.get(k); v != "" {
		return v
	}
	n.cache.set(k, k+k)
	return k
}

type table struct{ rows map[string]string }

func (t *table) get(k string) string { return t.rows[k] }
func (t *table) set(k, v string)     { t.rows[k] = v }

// Locked is Names with a lock.
type Locked struct {
	mu    sync.Mutex
	table *table
}

func NewLocked() *Locked { return &Locked{table: &table{rows: map[string]string{}}} }

func (l *Locked) Find(k string) string {
	l.mu.Lock()
	defer l.mu.Unlock()
	if v := l.table.get(k); v != "" {
		return v
	}
	l.table.set(k, k+k)
	return k
}

// Board answers requests, and is written by its owner.
type Board struct{ notes map[string]string }

func NewBoard() *Board { return &Board{notes: map[string]string{}} }

func (b *Board) Put(k string) { b.notes[k] = k }

func (b *Board) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Write([]byte(b.notes[r.URL.Path]))
}

// Users has two maps: Add writes both in a helper, and Seen one of them itself.
type Users struct{ names, seen map[string]bool }

func NewUsers() *Users { return &Users{names: map[string]bool{}, seen: map[string]bool{}} }

func (u *Users) Add(k string) { u.add(k) }

func (u *Users) add(k string) {
	u.names[k] = true
	u.seen[k] = true
}

func (u *Users) Seen(k string) { u.seen[k] = true }
