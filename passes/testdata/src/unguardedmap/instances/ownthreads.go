package instances

import "sync"

// strand is made by several, each for itself.
type strand struct{ subs map[int]bool }

func newStrand() *strand { return &strand{subs: map[int]bool{}} }

func (s *strand) abort() {
	for k := range s.subs {
		delete(s.subs, k)
	}
}

func runStrand(s *strand) { go s.abort() }

func OneStrandOk() { runStrand(newStrand()) }

// What this has made, only its own goroutine gets.
func OwnStrandOk() {
	s := newStrand()
	go func() { s.abort() }()
}

// And so here, where it is a part of what is made.
func OwnPairOk() {
	p := struct{ s *strand }{newStrand()}
	go func() { p.s.abort() }()
}

// twine is as strand.
type twine struct{ ends map[int]bool }

func (t *twine) cut() {
	for k := range t.ends {
		delete(t.ends, k) // want `map twine.ends is deleted from here and`
	}
}

func runTwine(t *twine) { go t.cut() }

// Two goroutines of one object, one of them started by a helper.
func TwoOnTwineBad() {
	t := &twine{ends: map[int]bool{}}
	runTwine(t)
	go func() { t.cut() }()
}

// cord is as strand.
type cord struct{ ends map[int]bool }

func newCord() *cord { return &cord{ends: map[int]bool{}} }

func (c *cord) cut() {
	for k := range c.ends {
		delete(c.ends, k) // want `map cord.ends is deleted from here and`
	}
}

func runCord(c *cord) { go c.cut() }

var (
	cordsMu sync.Mutex
	cords   = map[string]*cord{}
)

func CutCord(name string) {
	cordsMu.Lock()
	c := cords[name]
	cordsMu.Unlock()
	runCord(c)
}

// Where others find it.
func PutCordBad(name string) {
	c := newCord()
	cordsMu.Lock()
	cords[name] = c
	cordsMu.Unlock()
	go func() { c.cut() }()
}

// rope is as strand.
type rope struct{ ends map[int]bool }

func (r *rope) cut() {
	for k := range r.ends {
		delete(r.ends, k) // want `map rope.ends is deleted from here and`
	}
}

// Cut is for whoever has got one.
func (r *rope) Cut() { go r.cut() }

// coil has one.
type coil struct{ r *rope }

// Rope lets it out.
func (c *coil) Rope() *rope { return c.r }

// What is returned has it as a part.
func NewCoilBad() *coil {
	r := &rope{ends: map[int]bool{}}
	go func() { r.cut() }()
	return &coil{r}
}

// wire is as strand.
type wire struct{ ends map[int]bool }

func (w *wire) cut() {
	for k := range w.ends {
		delete(w.ends, k) // want `map wire.ends is deleted from here and`
	}
}

// Cut is for whoever has got one.
func (w *wire) Cut() { go w.cut() }

// What is returned is a function that has it.
func NewWireBad() func() *wire {
	w := &wire{ends: map[int]bool{}}
	go func() { w.cut() }()
	return func() *wire { return w }
}

// braid is made by a constructor that tells its argument of it.
type braid struct{ ends map[int]bool }

type loom struct{ last *braid }

func newBraid(l *loom) *braid {
	b := &braid{ends: map[int]bool{}}
	l.last = b
	return b
}

func (b *braid) cut() {
	for k := range b.ends {
		delete(b.ends, k) // want `map braid.ends is deleted from here and`
	}
}

func runBraid(b *braid) { go b.cut() }

func OneBraid() { runBraid(newBraid(&loom{})) }

// The loom is this function's own, and so is the braid.
func FP_OwnBraid() {
	b := newBraid(&loom{})
	go func() { b.cut() }()
}
