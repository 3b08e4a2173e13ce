package dispatch

import "sync"

// An object goes by the interface that holds it, and by its own name.

type gauge interface {
	set(k string)
	size() int
}

type meter interface {
	mark(k string)
	size() int
}

type dial struct{ marks map[string]int }

func (d *dial) set(k string) { d.marks[k]++ } // want `map dial.marks is written here and (written|iterated) at`
func (d *dial) size() (n int) {
	for range d.marks {
		n++
	}
	return n
}

func LocalBad() {
	d := &dial{marks: map[string]int{}}
	var g gauge = d
	go func() { g.set("a") }()
	println(d.size())
}

type board struct{ shown meter }

func (b *board) run() {
	for {
		println(b.shown.size())
	}
}

type slide struct{ marks map[string]int }

func (s *slide) mark(k string) { s.marks[k]++ }
func (s *slide) size() (n int) {
	for range s.marks {
		n++
	}
	return n
}

func HolderBad() {
	s := &slide{marks: map[string]int{}}
	b := &board{s}
	go b.run()
	s.marks["a"] = 1 // want `map slide.marks is written here and iterated at`
}

type knob struct{ marks map[string]int }

func (k *knob) turn(s string) { k.marks[s]++ } // want `map knob.marks is written here and measured at`
func (k *knob) size() int     { return len(k.marks) }

type pointer interface {
	turn(k string)
	size() int
}

var panel = &knob{marks: map[string]int{}}

func PanelBad() {
	var g pointer = panel
	go func() { g.turn("a") }()
	println(panel.size())
}

type tap struct {
	mu    sync.Mutex
	marks map[string]int
}

func (t *tap) turn(k string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.marks[k]++
}

func (t *tap) size() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return len(t.marks)
}

func LockedOk() {
	t := &tap{marks: map[string]int{}}
	var g pointer = t
	go func() { g.turn("a") }()
	println(t.size())
}

type bulb struct{ marks map[string]int }

func (b *bulb) set(k string) { b.marks[k]++ }
func (b *bulb) size() int    { return len(b.marks) }

// One has the goroutine, and the other is looked into.
func TwoOk() {
	a, b := &bulb{marks: map[string]int{}}, &bulb{marks: map[string]int{}}
	var g gauge = a
	go func() { g.set("a") }()
	println(b.size())
}

type lens struct{ marks map[string]int }

func (l *lens) set(k string) { l.marks[k]++ }
func (l *lens) size() int    { return len(l.marks) }

// The guard is the caller's, on both ways.
type scope struct {
	mu sync.Mutex
	l  *lens
	g  gauge
}

func newScope() *scope {
	l := &lens{marks: map[string]int{}}
	s := &scope{l: l, g: l}
	go s.setOk("a")
	return s
}

func (s *scope) setOk(k string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.g.set(k)
}

func (s *scope) SizeOk() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.l.size()
}

func NewScope() *scope { return newScope() }
