package misses

import "sync"

type stale struct {
	mu   sync.Mutex
	data map[string]int
}

func (h *stale) Put(k string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.data[k]++
}

func (h *stale) live() map[string]int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.data
}

func (h *stale) FN_StaleLocal() {
	h.mu.Lock()
	m := h.data
	h.mu.Unlock()
	m["a"] = 1
}

func (h *stale) FN_StaleGetter() {
	m := h.live()
	m["a"] = 1
}

func (h *stale) FN_StaleGetterRead() int {
	m := h.live()
	return m["a"]
}

// By a variable that a closure under the lock sets.
func (h *stale) FN_StaleWithLock() {
	var m map[string]int
	h.withLock(func() { m = h.data })
	m["a"] = 1
}

func (h *stale) withLock(f func()) {
	h.mu.Lock()
	defer h.mu.Unlock()
	f()
}
