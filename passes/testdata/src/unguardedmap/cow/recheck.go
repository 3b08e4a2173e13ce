package cow

import "sync"

// Who has kept the old state looks, under the lock, whether it is still in place.

type stateOk struct{ all map[int]struct{} }

type poolOk struct {
	mu    sync.Mutex
	state *stateOk
}

func newPoolOk() *poolOk { return &poolOk{state: &stateOk{all: map[int]struct{}{}}} }

func (p *poolOk) Get(dial func() int) (int, bool) {
	p.mu.Lock()
	current := p.state
	p.mu.Unlock()

	conn := dial()

	p.mu.Lock()
	defer p.mu.Unlock()
	if p.state != current {
		return 0, false
	}
	current.all[conn] = struct{}{}
	return conn, true
}

func (p *poolOk) Drop(conn int) {
	p.mu.Lock()
	delete(p.state.all, conn)
	p.mu.Unlock()
}

func (p *poolOk) FP_Reset(done func(int)) {
	p.mu.Lock()
	old := p.state
	p.state = &stateOk{all: map[int]struct{}{}}
	p.mu.Unlock()
	for conn := range old.all { // want `map stateOk.all is iterated`
		done(conn)
	}
}

func ServePool() {
	p := newPoolOk()
	for i := range 3 {
		go p.Get(func() int { return i })
	}
	go p.FP_Reset(func(int) {})
}
