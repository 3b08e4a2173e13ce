// Package misses has races that are not reported.
package misses

import "sync"

type branch struct {
	mu   sync.Mutex
	data map[string]int
}

func (h *branch) Put() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.data["a"]++
}

// Where the branch is not taken, nothing is held. But whoever says false may have a reason, and the join makes the lock Maybe, which silences.
func (h *branch) FN_Branch(careful bool) {
	if careful {
		h.mu.Lock()
		defer h.mu.Unlock()
	}
	delete(h.data, "a")
}

// One condition at both ends.
func (h *branch) GetOk(locked bool) int {
	if !locked {
		h.mu.Lock()
		defer h.mu.Unlock()
	}
	return h.data["a"]
}

func (h *branch) useOk() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.GetOk(true)
}
