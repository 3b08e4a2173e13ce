package carried

import "sync"

// What was not found is made, filled before anybody has it, and captured by a function that is started then.
type remote struct {
	mu   sync.Mutex
	urls map[string]bool
}

func (r *remote) add(u string) { r.urls[u] = true }

func (r *remote) run() {
	r.mu.Lock()
	defer r.mu.Unlock()
	for u := range r.urls {
		delete(r.urls, u)
	}
}

type gate struct {
	mu      sync.Mutex
	remotes map[string]*remote
}

func (g *gate) OpenOk(name, u string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	r := g.remotes[name]
	if r != nil {
		r.mu.Lock()
		r.add(u)
		r.mu.Unlock()
		return
	}
	r = &remote{urls: map[string]bool{}}
	r.add(u)
	if len(r.urls) == 0 {
		return
	}
	g.remotes[name] = r
	go func() { r.run() }()
}

// What was found is filled where nobody holds its lock.
func (g *gate) OpenBad(name, u string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	r := g.remotes[name]
	if r != nil {
		r.add(u) // want `map remote.urls is written without remote.mu`
		return
	}
	r = &remote{urls: map[string]bool{}}
	r.add(u)
	g.remotes[name] = r
	go func() { r.run() }()
}

// What another function may set is whatever that has found.
func (g *gate) OpenAgainBad(name, u string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	r := &remote{urls: map[string]bool{}}
	find := func() { r = g.remotes[name] }
	find()
	r.add(u) // want `map remote.urls is written without remote.mu`
}
