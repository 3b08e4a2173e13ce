package runners

import "sync"

// A helper starts what it is given: goroutines that have nothing to do with each other but the line that they start at.

type sessionOk struct {
	mu   sync.Mutex
	subs map[string]int
}

func (s *sessionOk) save() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := 0
	for range s.subs {
		n++
	}
	return n
}

type gatewayOk struct {
	wg   sync.WaitGroup
	sess chan *sessionOk
	quit chan bool
}

func (g *gatewayOk) start(f func()) {
	g.wg.Add(1)
	go func() {
		defer g.wg.Done()
		f()
	}()
}

func (g *gatewayOk) ping() { <-g.quit }

func (g *gatewayOk) restore(id string) *sessionOk {
	s := &sessionOk{subs: map[string]int{}}
	g.sess <- s
	return s
}

// What ping does is none of the session's business.
func (g *gatewayOk) connect(id string) {
	s := g.restore(id)
	g.start(g.ping)
	s.subs[id] = 1
}

func (g *gatewayOk) Accept(id string) {
	g.connect(id)
}

func (g *gatewayOk) Flush(s *sessionOk) {
	g.start(func() { s.save() })
}

type gatewayBad struct {
	wg     sync.WaitGroup
	mu     sync.Mutex
	selves map[string]bool
}

func (g *gatewayBad) start(f func()) {
	g.wg.Add(1)
	go func() {
		defer g.wg.Done()
		f()
	}()
}

func (g *gatewayBad) Accept(addr string) {
	g.start(g.idle)
	g.note(addr)
}

func (g *gatewayBad) idle() {}

func (g *gatewayBad) note(addr string) {
	g.mu.Lock()
	g.selves[addr] = true
	g.mu.Unlock()
}

func (g *gatewayBad) Connect(addr string) {
	g.start(func() { g.dial(addr) })
}

func (g *gatewayBad) dial(addr string) int {
	g.mu.Lock()
	selves := g.selves
	g.mu.Unlock()
	return pick(addr, selves)
}

func pick(addr string, not map[string]bool) int {
	return len(not) // want `map gatewayBad.selves is measured after gatewayBad.mu, under which it was taken, is released`
}
