package given

import (
	"maps"
	"sync"
	"time"
)

// Maps with no lock at all, that a goroutine writes and a getter returns.

type GaugeBad struct{ now map[string]int }

func NewGaugeBad() *GaugeBad {
	g := &GaugeBad{now: map[string]int{}}
	go g.run()
	return g
}

func (g *GaugeBad) run() {
	for range time.Tick(time.Second) {
		g.now["a"]++ // want `map GaugeBad.now is written here and handed out at bare.go:\d+ with no lock in common: the goroutine GaugeBad.run starts at bare.go:\d+`
	}
}

func (g *GaugeBad) All() map[string]int { return g.now }

// A new map each time: who has the old one keeps it.
type FreshOk struct{ now map[string]int }

func NewFreshOk() *FreshOk {
	f := &FreshOk{now: map[string]int{}}
	go func() {
		for range time.Tick(time.Second) {
			next := maps.Clone(f.now)
			next["a"]++
			f.now = next
		}
	}()
	return f
}

func (f *FreshOk) All() map[string]int { return f.now }

// The goroutines are over by then.
type SumOk struct{ by map[string]int }

func (s *SumOk) Run(names []string) map[string]int {
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		for _, name := range names {
			s.by[name]++
		}
	}()
	wg.Wait()
	return s.by
}

// Only this package gets it, and does nothing with it.
type InnerOk struct{ by map[string]int }

func NewInnerOk() *InnerOk {
	i := &InnerOk{by: map[string]int{}}
	go func() {
		for range time.Tick(time.Second) {
			i.by["a"]++
		}
	}()
	return i
}

func (i *InnerOk) all() map[string]int { return i.by }

func (i *InnerOk) Any() bool { return i.all() != nil }
