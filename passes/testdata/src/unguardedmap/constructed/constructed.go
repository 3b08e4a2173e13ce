// Package constructed has objects that only the caller of their constructor gets, beside goroutines that it has started.
package constructed

import (
	"errors"
	"sync"
	"time"
)

// With an error.
type monitor struct{ seen map[string]int }

func (m *monitor) loop() {
	m.seen["n"]++ // want `map monitor.seen is written here and iterated at constructed.go:\d+ with no lock in common: the goroutine monitor.loop starts at constructed.go:\d+`
}

func newMonitor(ok bool) (*monitor, error) {
	if !ok {
		return nil, errors.New("not ok")
	}
	m := &monitor{map[string]int{}}
	go m.loop()
	return m, nil
}

func watch() {
	m, err := newMonitor(true)
	if err != nil {
		return
	}
	for k := range m.seen {
		println(k)
	}
}

// Two parts, by what constructors return to constructors.
type gauge struct{ seen map[string]int }

func (g *gauge) loop() {
	g.seen["n"]++ // want `map gauge.seen is written here and iterated at constructed.go:\d+ with no lock in common: the goroutine gauge.loop starts at constructed.go:\d+`
}

func newGauge() *gauge {
	g := &gauge{map[string]int{}}
	go g.loop()
	return g
}

func idleGauge() *gauge { return &gauge{map[string]int{}} }

type panel struct{ live, idle *gauge }

func newPanel() (int, *panel) { return 1, &panel{newGauge(), idleGauge()} }

type board struct{ all *panel }

func newBoard() *board {
	_, p := newPanel()
	return &board{p}
}

func show() {
	b := newBoard()
	for k := range b.all.live.seen {
		println(k)
	}
	for k := range b.all.idle.seen {
		b.all.idle.seen[k]++
	}
}

// As elements.
type worker struct{ seen map[string]int }

func (w *worker) loop() {
	w.seen["n"]++ // want `map worker.seen is written here and iterated at constructed.go:\d+ with no lock in common: the goroutine worker.loop starts at constructed.go:\d+`
}

type pool struct{ workers []*worker }

func newPool(n int) *pool {
	p := &pool{}
	for range n {
		w := &worker{map[string]int{}}
		p.workers = append(p.workers, w)
		go w.loop()
	}
	return p
}

func count() {
	for _, w := range newPool(3).workers {
		for k := range w.seen {
			println(k)
		}
	}
}

// By the map alone.
type holder struct{ seen map[string]int }

func newHolder() *holder {
	m := map[string]int{}
	go func() {
		for range time.Tick(time.Second) {
			m["n"]++ // want `map holder.seen is written here and iterated at constructed.go:\d+ with no lock in common: the goroutine newHolder\$1 starts at constructed.go:\d+`
		}
	}()
	return &holder{m}
}

func hold() {
	h := newHolder()
	for k := range h.seen {
		println(k)
	}
}

// Behind an interface.
type store interface{ keys() []string }

type memory struct{ seen map[string]int }

func (m *memory) keys() (out []string) {
	for k := range m.seen {
		out = append(out, k)
	}
	return out
}

func (m *memory) loop() {
	m.seen["n"]++ // want `map memory.seen is written here and iterated at constructed.go:\d+ with no lock in common: the goroutine memory.loop starts at constructed.go:\d+`
}

func newStore() (store, error) {
	m := &memory{map[string]int{}}
	go m.loop()
	return m, nil
}

func newIdleStore() store { return &memory{map[string]int{}} }

func list() {
	s, err := newStore()
	if err != nil {
		return
	}
	println(len(s.keys()))
	println(len(newIdleStore().keys()))
}

// A struct is a copy, whose map its goroutine has in another one.
type tally struct{ seen map[string]int }

func (t tally) loop() {
	t.seen["n"]++ // want `map tally.seen is written here and iterated at constructed.go:\d+ with no lock in common: the goroutine tally.loop starts at constructed.go:\d+`
}

func (t tally) list() {
	for k := range t.seen {
		println(k)
	}
}

func tallied() {
	t := tally{map[string]int{}}
	other := tally{map[string]int{}}
	go t.loop()
	t.list()
	other.list()
	other.seen["a"]++
}

// A struct that is returned, and not a pointer to one, has a part that a goroutine has.
type pairing struct{ of *echo }

type echo struct{ seen map[string]int }

func (e *echo) loop() {
	e.seen["n"]++ // want `map echo.seen is written here and iterated at constructed.go:\d+ with no lock in common`
}

func newPairing() pairing {
	e := &echo{map[string]int{}}
	go e.loop()
	return pairing{e}
}

func PairBad() {
	p := newPairing()
	for k := range p.of.seen {
		println(k)
	}
}

// An option starts the goroutine.
type opted struct{ of *choice }

type choice struct{ seen map[string]int }

func (c *choice) loop() { c.seen["n"]++ }

type option func(*opted)

func withChoice() option {
	return func(o *opted) {
		o.of = &choice{map[string]int{}}
		go o.of.loop()
	}
}

func newOpted(opts ...option) *opted {
	o := &opted{}
	for _, opt := range opts {
		opt(o)
	}
	return o
}

func FN_Opt() {
	o := newOpted(withChoice())
	for k := range o.of.seen {
		println(k)
	}
}

// The goroutine is started where nothing is returned.
type hatch struct{ of *egg }

type egg struct{ seen map[string]int }

func (e *egg) loop() { e.seen["n"]++ }

func newHatch(bad bool) *hatch {
	e := &egg{map[string]int{}}
	if bad {
		go e.loop()
		return nil
	}
	return &hatch{e}
}

func hatchOk() {
	h := newHatch(false)
	for k := range h.of.seen {
		h.of.seen[k]++
	}
}

// It is over before anybody gets the object, or before the caller looks.
type step struct {
	seen map[string]int
	done chan struct{}
}

func (s *step) once() {
	defer close(s.done)
	s.seen["n"]++
}

type stair struct{ of *step }

func newStair() (*stair, error) {
	s := &step{map[string]int{}, make(chan struct{})}
	go s.once()
	return &stair{s}, nil
}

func newStairAtEnd() *stair {
	s := &step{map[string]int{}, make(chan struct{})}
	go s.once()
	<-s.done
	return &stair{s}
}

func climbOk() {
	s, err := newStair()
	if err != nil {
		return
	}
	<-s.of.done
	for k := range s.of.seen {
		println(k)
	}
	t := newStairAtEnd()
	t.of.seen["a"]++
}

// What comes with the object waits.
func tallyUp() (map[string]int, chan struct{}) {
	m, done := map[string]int{}, make(chan struct{})
	go func() {
		m["n"]++
		close(done)
	}()
	return m, done
}

func tallyUpFunc() (*step, func()) {
	s := &step{map[string]int{}, make(chan struct{})}
	done := make(chan struct{})
	go func() {
		s.seen["n"]++
		close(done)
	}()
	return s, func() { <-done }
}

func waitOk() {
	m, done := tallyUp()
	<-done
	m["a"]++
	s, wait := tallyUpFunc()
	wait()
	s.seen["a"]++
}

type sum struct{ seen map[string]int }

func summed() (*sum, func()) {
	s := &sum{map[string]int{}}
	var wg sync.WaitGroup
	wg.Go(func() {
		s.seen["n"]++ // want `map sum.seen is written here and iterated at constructed.go:\d+`
	})
	return s, wg.Wait
}

func summedOk() {
	s, wait := summed()
	wait()
	for k := range s.seen {
		s.seen[k]++
	}
}

func summedBad() {
	s, wait := summed()
	for k := range s.seen {
		println(k)
	}
	wait()
}

// Who waits for the one is taken to have waited for the other, which the same function has started.
type pair struct{ seen map[string]int }

func paired() (*pair, func()) {
	p := &pair{map[string]int{}}
	var wg sync.WaitGroup
	wg.Go(func() { p.seen["n"]++ })
	return p, wg.Wait
}

func FN_Paired() {
	_, wait := paired()
	p, _ := paired()
	wait()
	for k := range p.seen {
		println(k)
	}
}

// Another is put in its place, which is not looked for.
type bulb struct{ seen map[string]int }

func (b *bulb) loop() {
	b.seen["n"]++ // want `map bulb.seen is written here and iterated at constructed.go:\d+`
}

type lamp struct{ of *bulb }

func newLamp() *lamp {
	b := &bulb{map[string]int{}}
	go b.loop()
	l := &lamp{b}
	l.of = &bulb{map[string]int{}}
	return l
}

func FP_Lamp() {
	l := newLamp()
	for k := range l.of.seen {
		println(k)
	}
}

var (
	_ = watch
	_ = show
	_ = count
	_ = hold
	_ = list
	_ = tallied
	_ = waitOk
	_ = summedOk
	_ = summedBad
	_ = hatchOk
	_ = climbOk
)
