package owners

import (
	"context"
	"errors"
	"sync"
	"time"
)

// peers are brought up to date by one loop, which whoever has them starts. It takes the lock for those that read.
type peers struct {
	mu  sync.Mutex
	m   map[string]int
	ask chan string
}

func NewPeers() *peers { return &peers{m: map[string]int{}, ask: make(chan string)} }

func (p *peers) Get(k string) int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.m[k]
}

func (p *peers) RunOk(ctx context.Context, every time.Duration) error {
	p.refresh()
	t := time.NewTicker(every)
	defer t.Stop()
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case k, ok := <-p.ask:
			if !ok {
				return errors.New("closed")
			}
			if p.m[k] > 0 {
				continue
			}
		case <-t.C:
		}
		p.refresh()
	}
}

func (p *peers) refresh() {
	next := map[string]int{}
	for k, n := range p.m {
		next[k] = n + 1
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.m = next
}

// guests are watched by a loop for each of those that want to know.
type guests struct {
	mu sync.Mutex
	m  map[string]int
}

func (g *guests) Get(k string) int {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.m[k]
}

func (g *guests) WatchBad(ctx context.Context, k string) {
	t := time.NewTicker(time.Second)
	for {
		select {
		case <-ctx.Done():
			return
		case <-t.C:
			if g.m[k] == 0 { // want `map guests.m is read without guests.mu`
				g.mu.Lock()
				g.m[k]++
				g.mu.Unlock()
			}
		}
	}
}

// slots are waited for by many, each until there is one.
type slots struct {
	mu   sync.Mutex
	m    map[int]bool
	free chan int
}

func (s *slots) Get(k int) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.m[k]
}

func (s *slots) TakeBad(ctx context.Context) error {
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case k := <-s.free:
			if s.m[k] { // want `map slots.m is read without slots.mu`
				continue
			}
			s.mu.Lock()
			s.m[k] = true
			s.mu.Unlock()
			return nil
		}
	}
}

// rounds are gone over by one loop, and filled by others under the lock.
type rounds struct {
	mu sync.Mutex
	m  map[int]bool
}

func (r *rounds) Add(k int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.m[k] = true
}

func (r *rounds) RunBad(ctx context.Context) {
	t := time.NewTicker(time.Second)
	for {
		select {
		case <-ctx.Done():
			return
		case <-t.C:
			for k := range r.m { // want `map rounds.m is iterated without rounds.mu`
				r.mu.Lock()
				delete(r.m, k)
				r.mu.Unlock()
			}
		}
	}
}
