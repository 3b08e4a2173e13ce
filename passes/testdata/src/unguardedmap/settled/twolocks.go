package settled

import "sync"

// Writers hold both locks, one of them in a caller; readers hold either.
type PoolOk struct {
	mu      sync.Mutex // of reload and sync
	loopsMu sync.Mutex
	loops   map[string]int
}

func (p *PoolOk) add(k string) {
	p.loopsMu.Lock()
	defer p.loopsMu.Unlock()
	p.loops[k]++
}

func (p *PoolOk) addAll(ks []string) {
	for _, k := range ks {
		p.add(k)
	}
}

func (p *PoolOk) Sync(ks []string) int {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.addAll(ks)
	n := 0
	for range p.loops {
		n++
	}
	return n
}

func (p *PoolOk) Active() int {
	p.loopsMu.Lock()
	defer p.loopsMu.Unlock()
	return len(p.loops)
}

func RunPoolOk(p *PoolOk, in chan []string) {
	go func() {
		for ks := range in {
			p.Sync(ks)
		}
	}()
}

// One way to the writer is without the first lock.
type poolBad struct {
	mu      sync.Mutex
	loopsMu sync.Mutex
	loops   map[string]int
}

func (p *poolBad) add(k string) {
	p.loopsMu.Lock()
	defer p.loopsMu.Unlock()
	p.loops[k]++
}

func (p *poolBad) Sync(ks []string) int {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, k := range ks {
		p.add(k)
	}
	n := 0
	for range p.loops { // want `map poolBad.loops is iterated without poolBad.loopsMu`
		n++
	}
	return n
}

func (p *poolBad) Add(k string) { p.add(k) }

// The first lock is given up before the call.
type poolLateBad struct {
	mu      sync.Mutex
	loopsMu sync.Mutex
	loops   map[string]int
}

func (p *poolLateBad) add(k string) {
	p.loopsMu.Lock()
	defer p.loopsMu.Unlock()
	p.loops[k]++
}

func (p *poolLateBad) leave(k string) {
	p.mu.Unlock()
	p.add(k)
	p.mu.Lock()
}

func (p *poolLateBad) Sync(k string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.leave(k)
}

func (p *poolLateBad) Len() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return len(p.loops) // want `map poolLateBad.loops is measured without poolLateBad.loopsMu`
}

// One way to the writer holds the first lock for reading only, as the reader does.
type poolReadBad struct {
	mu      sync.RWMutex
	loopsMu sync.Mutex
	loops   map[string]int
}

func (p *poolReadBad) add(k string) {
	p.loopsMu.Lock()
	defer p.loopsMu.Unlock()
	p.loops[k]++
}

func (p *poolReadBad) Add(k string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.add(k)
}

func (p *poolReadBad) Refresh(k string) {
	p.mu.RLock()
	defer p.mu.RUnlock()
	p.add(k)
}

func (p *poolReadBad) Len() int {
	p.mu.RLock()
	defer p.mu.RUnlock()
	return len(p.loops) // want `map poolReadBad.loops is measured without poolReadBad.loopsMu`
}
