package escape

import (
	"maps"
	"sync"
)

type shelf struct {
	mu   sync.Mutex
	data map[string]int
}

func (h *shelf) Put(k string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.data[k]++
}

func (h *shelf) live() map[string]int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.data
}

func (h *shelf) WriteBad() {
	m := h.live()
	m["a"] = 1 // want `map shelf.data is written after shelf.mu, under which it was taken, is released`
}

func (h *shelf) ReadBad() int {
	return h.live()["a"] // want `map shelf.data is read after shelf.mu, under which it was taken, is released`
}

func (h *shelf) copied() map[string]int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return maps.Clone(h.data)
}

func (h *shelf) CopiedOk() int {
	m := h.copied()
	m["a"] = 1
	return m["b"]
}

// Shelf lets its map out to other packages.
type Shelf struct {
	mu     sync.RWMutex
	data   map[string]int
	labels map[string]string
	byName map[string]map[string]bool
}

func (h *Shelf) Put(k string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.data[k]++
}

func (h *Shelf) DataBad() map[string]int {
	h.mu.RLock()
	defer h.mu.RUnlock()
	return h.data // want `map Shelf.data itself is returned, to be used by the caller after Shelf.mu is released`
}

func (h *Shelf) DataOk() map[string]int {
	h.mu.RLock()
	defer h.mu.RUnlock()
	return maps.Clone(h.data)
}

// Replaced whole, never written in place: what is returned never changes.
func (h *Shelf) SetLabels(m map[string]string) {
	h.mu.Lock()
	h.labels = maps.Clone(m)
	h.mu.Unlock()
}

func (h *Shelf) LabelsOk() map[string]string {
	h.mu.RLock()
	defer h.mu.RUnlock()
	return h.labels
}

// The elements never change once they are in.
func (h *Shelf) Name(k string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	set := map[string]bool{}
	set[k] = true
	h.byName[k] = set
}

func (h *Shelf) NamesOk(k string) map[string]bool {
	h.mu.RLock()
	defer h.mu.RUnlock()
	return h.byName[k]
}

// Called with the lock held.
func (h *shelf) inner() map[string]int { return h.data }

func (h *shelf) LockedOk() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.inner()["a"]++
}

func (h *shelf) LockedBad() {
	h.mu.Lock()
	m := h.inner()
	h.mu.Unlock()
	m["a"]++ // want `map shelf.data is written after shelf.mu, under which it was taken, is released`
}
