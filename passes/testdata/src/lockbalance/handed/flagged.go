package handed

import "sync"

// A helper that gives up the lock of its callers sets the flag that these have asked for: what it sets says nothing of what was before.

type gateOk struct {
	mu   sync.Mutex
	busy bool
	n    int
}

func (g *gateOk) Try() int {
	g.mu.Lock()
	if g.busy {
		g.mu.Unlock()
		return 0
	}
	return g.run()
}

func (g *gateOk) run() int {
	g.busy = true
	g.mu.Unlock()
	if g.n > 3 {
		return 2
	}
	return 1
}

func (g *gateOk) Again() error {
	g.mu.Lock()
	if g.busy {
		g.mu.Unlock()
		return nil
	}
	return g.runAgain()
}

func (g *gateOk) runAgain() (err error) {
	g.busy = true
	g.mu.Unlock()
	defer func() {
		g.mu.Lock()
		g.busy = false
		g.mu.Unlock()
	}()
	return nil
}

type gateBad struct {
	mu   sync.Mutex
	busy bool
}

// The other way does not give it up.
func (g *gateBad) Try() {
	g.mu.Lock() // want `gateBad.mu is locked here and still held at the return`
	if g.busy {
		return
	}
	g.run()
}

func (g *gateBad) run() {
	g.busy = true
	g.mu.Unlock()
}
