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
