package happensbefore

import "sync"

// poolOk counts its workers by hand, and waits until none is left.
type poolOk struct {
	mu      sync.Mutex
	idle    *sync.Cond
	workers int

	dataMu sync.Mutex
	seen   map[string]int
}

func NewPoolOk() *poolOk {
	p := &poolOk{seen: map[string]int{}}
	p.idle = sync.NewCond(&p.mu)
	return p
}

func (p *poolOk) enter() {
	p.mu.Lock()
	p.workers++
	p.mu.Unlock()
}

func (p *poolOk) leave() {
	p.mu.Lock()
	p.workers--
	p.mu.Unlock()
	p.idle.Broadcast()
}

func (p *poolOk) Work(k string) {
	p.enter()
	go p.work(k)
}

func (p *poolOk) work(k string) {
	defer p.leave()
	p.dataMu.Lock()
	p.seen[k]++
	p.dataMu.Unlock()
}

func (p *poolOk) Stop() int {
	p.mu.Lock()
	for p.workers > 0 {
		p.idle.Wait()
	}
	p.mu.Unlock()
	return len(p.seen)
}

// poolBad looks before it waits.
type poolBad struct {
	mu      sync.Mutex
	idle    *sync.Cond
	workers int

	dataMu sync.Mutex
	seen   map[string]int
}

func (p *poolBad) Work(k string) {
	p.mu.Lock()
	p.workers++
	p.mu.Unlock()
	go func() {
		p.dataMu.Lock()
		p.seen[k]++
		p.dataMu.Unlock()
		p.mu.Lock()
		p.workers--
		p.mu.Unlock()
		p.idle.Broadcast()
	}()
}

func (p *poolBad) Stop() int {
	n := len(p.seen) // want `map poolBad.seen is measured without poolBad.dataMu`
	p.mu.Lock()
	for p.workers > 0 {
		p.idle.Wait()
	}
	p.mu.Unlock()
	return n
}

// poolEarlyBad counts itself off before it is done.
type poolEarlyBad struct {
	mu      sync.Mutex
	idle    *sync.Cond
	workers int
	seen    map[string]int
}

func (p *poolEarlyBad) Work(k string) {
	p.mu.Lock()
	p.workers++
	p.mu.Unlock()
	go func() {
		p.mu.Lock()
		p.workers--
		p.mu.Unlock()
		p.idle.Broadcast()
		p.seen[k]++ // want `map poolEarlyBad.seen is written here`
	}()
}

func (p *poolEarlyBad) Stop() int {
	p.mu.Lock()
	for p.workers > 0 {
		p.idle.Wait()
	}
	p.mu.Unlock()
	return len(p.seen)
}
