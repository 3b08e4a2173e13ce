package conditions

import "sync"

type gate struct {
	*sync.Cond
	closed bool
}

func (g *gate) try() bool {
	g.L.Lock()
	if g.closed {
		g.L.Unlock()
		return false
	}
	return true
}

func (g *gate) leave() { g.L.Unlock() }

type wire struct {
	gate
	sent map[string]int
}

type wires struct {
	all []*wire
	at  int
}

// The one whose lock was taken is there.
func (w *wires) sendOk(k string) {
	var free *wire
	for range w.all {
		w.at = (w.at + 1) % len(w.all)
		if w.all[w.at].try() {
			free = w.all[w.at]
			break
		}
	}
	if free == nil {
		return
	}
	defer free.leave()
	func() { free.sent[k]++ }()
}

type door struct {
	mu   sync.Mutex
	sent map[string]int
}

type doors struct {
	all   []*door
	spare *door
	at    int
}

// Whether another one is there says nothing.
func (d *doors) sendBad(k string) {
	d.all[d.at].mu.Lock() // want `door.mu is locked here and still held at the return on line \d+`
	if d.spare == nil {
		return
	}
	d.all[d.at].sent[k]++
	d.all[d.at].mu.Unlock()
}
