// Package desk answers requests with objects of others, for which it has interfaces.
package desk

import (
	"net/http"
	"sync"
)

// Shelf is what a Desk puts things on.
type Shelf interface {
	Add(k string)
	Len() int
}

// Desk answers requests.
type Desk struct{ shelf Shelf }

// New makes one.
func New(s Shelf) *Desk { return &Desk{s} }

func (d *Desk) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	d.shelf.Add(r.URL.Path)
}

// Drawer is what a Held opens with its lock held.
type Drawer interface {
	Add(k string)
	Len() int
}

// Held answers one request at a time.
type Held struct {
	mu     sync.Mutex
	drawer Drawer
}

// NewHeld makes one.
func NewHeld(d Drawer) *Held { return &Held{drawer: d} }

func (h *Held) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.drawer.Add(r.URL.Path)
}

// Tray is used while a Desk is made, by whoever makes it.
type Tray interface {
	Add(k string)
	Len() int
}

// Filled makes a desk.
func Filled(s Shelf, t Tray) *Desk {
	t.Add("a")
	return &Desk{s}
}
