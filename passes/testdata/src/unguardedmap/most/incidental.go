package most

import "sync"

// group has a loop that owns last, and holds the lock where it changes it together with what the lock is for.
type group struct {
	mu       sync.Mutex
	using    map[string]bool
	fetching map[string]int
	last     map[string]int
	in       chan map[string]int
}

func NewGroup() *group {
	g := &group{using: map[string]bool{}, fetching: map[string]int{}, in: make(chan map[string]int)}
	go g.loop()
	return g
}

func (g *group) loop() {
	for now := range g.in {
		switch {
		case now == nil:
			g.loseOk()
		case len(now) == 0:
			g.last = nil
		default:
			g.diffOk(now)
			g.dropOk(now)
		}
	}
}

func (g *group) loseOk() { g.last = nil }

func (g *group) diffOk(now map[string]int) (lost int) {
	for k := range g.last {
		if now[k] == 0 {
			lost++
		}
	}
	g.last = now
	return lost
}

func (g *group) dropOk(now map[string]int) {
	g.mu.Lock()
	defer g.mu.Unlock()
	for k := range now {
		if !g.using[k] {
			delete(g.last, k)
			delete(g.fetching, k)
		}
	}
}

func (g *group) ClaimOk() int {
	g.mu.Lock()
	defer g.mu.Unlock()
	return len(g.last) + len(g.fetching)
}

func (g *group) Use(k string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.using[k] = true
	g.fetching[k] = 0
}

// team does it the other way round: one of its writers has forgotten the lock.
type team struct {
	mu   sync.Mutex
	last map[string]int
}

func (t *team) Set(k string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.last[k]++
}

func (t *team) LoadBad(last map[string]int) {
	t.last = last // want `map team.last is replaced without team.mu`
}

func (t *team) Has(k string) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.last[k] > 0
}
