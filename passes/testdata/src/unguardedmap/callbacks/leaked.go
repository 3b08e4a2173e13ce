package callbacks

import "sync"

type hits struct{ counts map[string]int }

type guardedHits struct {
	mu sync.Mutex
	h  hits
}

func (g *guardedHits) do(f func(*hits)) {
	g.mu.Lock()
	defer g.mu.Unlock()
	f(&g.h)
}

func (g *guardedHits) HitOk(k string) { g.do(func(h *hits) { h.counts[k]++ }) }

func (g *guardedHits) ResetOk() { g.do(func(h *hits) { clear(h.counts) }) }

// The callback lets the object out.
func (g *guardedHits) FN_Top() (n int) {
	var h *hits
	g.do(func(in *hits) { h = in })
	for range h.counts {
		n++
	}
	return n
}
