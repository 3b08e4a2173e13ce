package silent

import (
	"maps"
	"sync"
)

type shared struct {
	mu    sync.RWMutex
	funcs map[string]int
}

type template struct {
	name string
	*shared
}

func (t *template) init() {
	if t.shared == nil {
		t.shared = &shared{funcs: map[string]int{}}
	}
}

func (t *template) copy(s *shared) *template { return &template{name: t.name, shared: s} }

// The lock is the original's, the map is the clone's.
func (t *template) CloneOk() *template {
	n := t.copy(nil)
	n.init()
	if t.shared == nil {
		return n
	}
	t.mu.RLock()
	defer t.mu.RUnlock()
	maps.Copy(n.funcs, t.funcs)
	for k := range t.funcs {
		n.funcs[k]++
	}
	return n
}

func (t *template) Add(k string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.funcs[k]++
}
