package startup

import (
	"context"
	"sync"
)

// poolOk is made ready by Open, which starts what the pool needs once.
type poolOk struct {
	mu    sync.Mutex
	index map[string]int
	names chan string
}

func (p *poolOk) Open(ctx context.Context) error {
	p.load("first")
	go p.work()
	return ctx.Err()
}

func (p *poolOk) load(k string) { p.index[k] = 1 }

func (p *poolOk) work() {
	for k := range p.names {
		p.Add(k)
	}
}

func (p *poolOk) Add(k string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.index[k]++
}

func (p *poolOk) Drop(k string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.index, k)
}

// poolBad starts a worker for each of many.
type poolBad struct {
	mu    sync.Mutex
	index map[string]int
	names chan string
}

func (p *poolBad) Start(k string) {
	p.index[k] = 1 // want `map poolBad.index is written without poolBad.mu`
	go p.work()
}

func (p *poolBad) work() {
	for k := range p.names {
		p.Add(k)
	}
}

func (p *poolBad) Add(k string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.index[k]++
}

func (p *poolBad) Drop(k string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.index, k)
}

// poolLateBad goes on when it has started the worker.
type poolLateBad struct {
	mu    sync.Mutex
	index map[string]int
	names chan string
}

func (p *poolLateBad) Start() {
	go p.work()
	p.index["first"] = 1 // want `map poolLateBad.index is written without poolLateBad.mu`
}

func (p *poolLateBad) work() {
	for k := range p.names {
		p.Add(k)
	}
}

func (p *poolLateBad) Add(k string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.index[k]++
}

func (p *poolLateBad) Drop(k string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.index, k)
}
