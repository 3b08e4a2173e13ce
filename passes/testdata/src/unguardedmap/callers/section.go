package callers

import "sync"

type Streams struct {
	mu   sync.RWMutex
	open map[string]int
}

func (s *Streams) Put(k string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.open[k]++
}

// Sweeper is what a collector works with.
type Sweeper interface {
	Each(func(string))
	Finish()
}

// sweepOk stands for the section in which it was made.
type sweepOk struct {
	s    *Streams
	dead []string
}

func (s *Streams) SweepOk() Sweeper {
	s.mu.Lock()
	return &sweepOk{s: s}
}

func (w *sweepOk) Each(f func(string)) {
	for k := range w.s.open {
		f(k)
	}
}

func (w *sweepOk) Drop(k string) { w.dead = append(w.dead, k) }

func (w *sweepOk) Finish() {
	for _, k := range w.dead {
		delete(w.s.open, k)
	}
	w.s.mu.Unlock()
}

type Boxes struct {
	mu   sync.RWMutex
	full map[string]int
}

func (b *Boxes) Put(k string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.full[k]++
}

// peekBad is made with the lock by one function, without it by another.
type peekBad struct{ b *Boxes }

func (b *Boxes) Peek() Sweeper { return &peekBad{b: b} }

func (b *Boxes) Sweep() Sweeper {
	b.mu.Lock()
	return &peekBad{b: b}
}

func (p *peekBad) Each(f func(string)) {
	for k := range p.b.full { // want `map Boxes.full is iterated without Boxes.mu`
		f(k)
	}
}

func (p *peekBad) Finish() { p.b.mu.Unlock() }

type Jars struct {
	mu   sync.RWMutex
	full map[string]int
}

func (j *Jars) Put(k string) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.full[k]++
}

// lookBad is made with the lock, which is given up at once.
type lookBad struct{ j *Jars }

func (j *Jars) Look() Sweeper {
	j.mu.Lock()
	defer j.mu.Unlock()
	return &lookBad{j: j}
}

func (l *lookBad) Each(f func(string)) {
	for k := range l.j.full { // want `map Jars.full is iterated without Jars.mu`
		f(k)
	}
}

func (l *lookBad) Finish() {}
