package owners

import (
	"sync"
	"time"
)

// zones are written by what walks alone, under the lock for the sake of those that read.
type zones struct {
	mu sync.RWMutex
	m  map[string]int
}

func (z *zones) Get(k string) int {
	z.mu.RLock()
	defer z.mu.RUnlock()
	return z.m[k]
}

func (z *zones) Add(k string) {
	z.mu.Lock()
	defer z.mu.Unlock()
	z.m[k]++
}

func (z *zones) WalkOk(names []string) {
	for _, k := range names {
		if _, ok := z.m[k]; !ok {
			z.Add(k)
		}
	}
}

func (z *zones) Start(names []string) {
	z.WalkOk(names)
	go func() {
		for range time.Tick(time.Second) {
			z.WalkOk(names)
		}
	}()
}

// areas are walked by whoever starts, too, while the goroutine runs.
type areas struct {
	mu sync.RWMutex
	m  map[string]int
}

func (z *areas) Get(k string) int {
	z.mu.RLock()
	defer z.mu.RUnlock()
	return z.m[k]
}

func (z *areas) Add(k string) {
	z.mu.Lock()
	defer z.mu.Unlock()
	z.m[k]++
}

func (z *areas) WalkBad(names []string) {
	for _, k := range names {
		if _, ok := z.m[k]; !ok { // want `map areas.m is read without areas.mu`
			z.Add(k)
		}
	}
}

func (z *areas) Start(names []string) {
	go func() {
		for range time.Tick(time.Second) {
			z.WalkBad(names)
		}
	}()
	z.WalkBad(names)
}

// parks are looked up before the lock by whoever wants one.
type parks struct {
	mu sync.RWMutex
	m  map[string]int
}

func (p *parks) add(k string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.m[k]++
}

func (p *parks) GetBad(k string) int {
	if n, ok := p.m[k]; ok { // want `map parks.m is read without parks.mu`
		return n
	}
	p.add(k)
	return 0
}
