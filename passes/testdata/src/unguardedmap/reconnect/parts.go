package reconnect

import (
	"sync"
	"time"
)

// sampler is a part of what only the function at hand has; its goroutine has the part alone.
type sampler struct{ seen map[string]int }

func newSampler() *sampler { return &sampler{seen: map[string]int{}} }

func (s *sampler) loop() {
	for range time.Tick(time.Second) {
		s.seen["n"]++ // want `map sampler.seen is written here and iterated at parts.go:\d+ with no lock in common: the goroutine sampler.loop starts at parts.go:\d+`
	}
}

type single struct{ of *sampler }

func (s *single) start() {
	s.of = newSampler()
	go s.of.loop()
}

func (s *single) report() {
	for k := range s.of.seen {
		println(k)
	}
}

func sample() {
	s := &single{}
	s.start()
	s.report()
}

// The same for what is a part by two fields.
type deep struct{ seen map[string]int }

func (d *deep) loop() {
	for range time.Tick(time.Second) {
		d.seen["n"]++ // want `map deep.seen is written here and iterated at parts.go:\d+ with no lock in common: the goroutine deep.loop starts at parts.go:\d+`
	}
}

type inner struct{ of *deep }

type outer struct{ in *inner }

func (o *outer) start() {
	o.in = &inner{&deep{seen: map[string]int{}}}
	go o.in.of.loop()
}

func (o *outer) report() {
	for k := range o.in.of.seen {
		println(k)
	}
}

func dig() {
	o := &outer{}
	o.start()
	o.report()
}

// The same for elements.
type element struct{ seen map[string]int }

func (e *element) loop() {
	for range time.Tick(time.Second) {
		e.seen["n"]++ // want `map element.seen is written here and iterated at parts.go:\d+ with no lock in common: the goroutine element.loop starts at parts.go:\d+`
	}
}

type table struct{ all map[string]*element }

func (t *table) start(name string) {
	e := &element{seen: map[string]int{}}
	t.all[name] = e
	go e.loop()
}

func (t *table) report() {
	for _, e := range t.all {
		for k := range e.seen {
			println(k)
		}
	}
}

func tabulate() {
	t := &table{all: map[string]*element{}}
	t.start("a")
	t.report()
}

// crew waits for its workers before it looks.
type workerOk struct{ seen map[string]int }

func (w *workerOk) work(in <-chan string) {
	for k := range in {
		w.seen[k]++
	}
}

type crew struct {
	workers []*workerOk
	wg      sync.WaitGroup
}

func (c *crew) start(in <-chan string) {
	w := &workerOk{seen: map[string]int{}}
	w.seen["begun"] = 1
	c.workers = append(c.workers, w)
	c.wg.Go(func() { w.work(in) })
}

func (c *crew) sumOk() (n int) {
	c.wg.Wait()
	for _, w := range c.workers {
		n += len(w.seen)
	}
	return n
}

func countOk(in <-chan string) int {
	c := &crew{}
	for range 3 {
		c.start(in)
	}
	return c.sumOk()
}

// What a constructor returns has a part that a goroutine has.
type probe struct{ seen map[string]int }

func (p *probe) loop() {
	for range time.Tick(time.Second) {
		p.seen["n"]++ // want `map probe.seen is written here and iterated at parts.go:\d+ with no lock in common: the goroutine probe.loop starts at parts.go:\d+`
	}
}

type made struct{ first *probe }

func newMade() *made {
	p := &probe{seen: map[string]int{}}
	go p.loop()
	return &made{p}
}

func (m *made) report() {
	for k := range m.first.seen {
		println(k)
	}
}

func probeMade() {
	m := newMade()
	m.report()
}

var (
	_ = sample
	_ = dig
	_ = tabulate
	_ = countOk
	_ = probeMade
)
