package tested

import "sync"

// Gauge is kept by a worker, under the lock.
type Gauge struct {
	mu   sync.Mutex
	seen map[string]int
	in   chan string
}

func NewGauge(in chan string) *Gauge {
	g := &Gauge{seen: map[string]int{}, in: in}
	go g.work()
	return g
}

func (g *Gauge) work() {
	for k := range g.in {
		g.mu.Lock()
		g.seen[k]++
		g.mu.Unlock()
	}
}

func (g *Gauge) Seen(k string) int {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.seen[k]
}
