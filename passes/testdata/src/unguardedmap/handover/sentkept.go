package handover

import (
	"sync"
	"time"
)

// Senders that go on with what they have sent.

type orderBad struct {
	id   int
	meta map[string]string
}

type shopBad struct {
	mu     sync.Mutex
	orders map[int]*orderBad
	work   chan *orderBad
}

// Whoever asks finds the order in the table, under a lock that the worker does not take.
func (s *shopBad) Add(id int) {
	o := &orderBad{id, map[string]string{}}
	s.mu.Lock()
	s.orders[id] = o
	s.mu.Unlock()
	s.work <- o
}

func (s *shopBad) run() {
	for o := range s.work {
		o.meta["state"] = "done" // want `map orderBad.meta is written here and read at sentkept.go:\d+ with no lock in common`
	}
}

func (s *shopBad) state(id int) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if o := s.orders[id]; o != nil {
		return o.meta["state"]
	}
	return ""
}

func NewShopBad() *shopBad {
	s := &shopBad{orders: map[int]*orderBad{}, work: make(chan *orderBad)}
	go s.run()
	go func() {
		for {
			s.state(1)
		}
	}()
	return s
}

type orderOk struct {
	id   int
	meta map[string]string
}

type shopOk struct {
	mu     sync.Mutex
	orders map[int]*orderOk
	work   chan *orderOk
}

// The worker takes the lock, too; so many workers as there are, each has another order.
func (s *shopOk) Add(id int) {
	o := &orderOk{id, map[string]string{}}
	o.meta["state"] = "new"
	s.mu.Lock()
	s.orders[id] = o
	s.mu.Unlock()
	s.work <- o
}

func (s *shopOk) run() {
	for o := range s.work {
		s.mu.Lock()
		o.meta["state"] = "done"
		s.mu.Unlock()
	}
}

func (s *shopOk) state(id int) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if o := s.orders[id]; o != nil {
		return o.meta["state"]
	}
	return ""
}

func NewShopOk() *shopOk {
	s := &shopOk{orders: map[int]*orderOk{}, work: make(chan *orderOk)}
	go s.run()
	go s.run()
	go func() {
		for {
			s.state(1)
		}
	}()
	return s
}

type feedBad struct {
	counts map[string]int
	out    chan map[string]int
}

// A loop sends its own map, and goes on with it.
func (f *feedBad) run() {
	for range time.Tick(time.Second) {
		f.counts["n"]++ // want `map feedBad.counts is written here and iterated at sentkept.go:\d+ with no lock in common`
		f.out <- f.counts
	}
}

func FeedBad() {
	f := &feedBad{map[string]int{}, make(chan map[string]int)}
	go f.run()
	for m := range f.out {
		for k := range m {
			println(k)
		}
	}
}

type feedOk struct {
	counts map[string]int
	out    chan map[string]int
}

func (f *feedOk) reset() { f.counts = map[string]int{} }

// It puts another in its place, in another function.
func (f *feedOk) run() {
	for range time.Tick(time.Second) {
		f.counts["n"]++
		f.out <- f.counts
		f.reset()
	}
}

func FeedOk() {
	f := &feedOk{map[string]int{}, make(chan map[string]int)}
	go f.run()
	for m := range f.out {
		clear(m)
	}
}

type loggerBad struct{ lines chan lineBad }

type lineBad struct{ fields map[string]any }

// The fields belong to the caller, who goes on with them.
func (l *loggerBad) log(fields map[string]any) { l.lines <- lineBad{fields} }

func (l *loggerBad) run() {
	for line := range l.lines {
		for k, v := range line.fields {
			println(k, v)
		}
	}
}

func LogBad() {
	l := &loggerBad{make(chan lineBad, 10)}
	go l.run()
	fields := map[string]any{}
	for i := range 10 {
		fields["i"] = i // want `map lineBad.fields is written here and iterated at sentkept.go:\d+ with no lock in common`
		l.log(fields)
	}
}

type loggerOk struct{ lines chan lineOk }

type lineOk struct{ fields map[string]any }

func (l *loggerOk) log(fields map[string]any) {
	select {
	case l.lines <- lineOk{fields}:
	default:
		fields["dropped"] = true // it was not sent
	}
}

func (l *loggerOk) run() {
	for line := range l.lines {
		line.fields["at"] = 1
	}
}

// Each line has fields of its own.
func LogOk() {
	l := &loggerOk{make(chan lineOk, 10)}
	go l.run()
	for i := range 10 {
		fields := map[string]any{}
		fields["i"] = i
		l.log(fields)
	}
}

type waitedOk struct {
	res  map[string]int
	done chan struct{}
}

func (t *waitedOk) wait() { <-t.done }

func workOk(in chan *waitedOk) {
	for t := range in {
		t.res["x"]++
		close(t.done)
	}
}

// The sender waits before it goes on with what it has sent.
func AskOk(in chan *waitedOk) int {
	t := &waitedOk{map[string]int{}, make(chan struct{})}
	in <- t
	t.wait()
	t.res["y"] = 1
	return t.res["x"]
}

func AsksOk() {
	in := make(chan *waitedOk)
	for range 3 {
		go workOk(in)
		go AskOk(in)
	}
}

type resentBad struct{ hits map[string]int }

func hit(in chan *resentBad) {
	for r := range in {
		r.hits["x"]++ // want `map resentBad.hits is written here by several goroutines at once with no lock`
	}
}

// One object is sent again and again, and each time somebody else may get it.
func ResendBad() {
	in := make(chan *resentBad)
	for range 3 {
		go hit(in)
	}
	r := &resentBad{map[string]int{}}
	for range 10 {
		in <- r
	}
}

type retriedOk struct{ tries map[string]int }

func retryOk(in chan *retriedOk) {
	for r := range in {
		r.tries["n"]++
		if r.tries["n"] < 3 {
			in <- r
		}
	}
}

// What is sent on by who has received it is one that only the next has.
func RetryOk() {
	in := make(chan *retriedOk, 10)
	for range 3 {
		go retryOk(in)
	}
	for range 10 {
		in <- &retriedOk{map[string]int{}}
	}
}

// What many get has a map of its own beside one that all have, and only look into.
type sharingOk struct{ own, config map[string]int }

func useOk(in chan sharingOk) {
	for s := range in {
		s.own["x"] = s.config["a"]
	}
}

func ShareOk() {
	in := make(chan sharingOk)
	config := map[string]int{"a": 1}
	for range 3 {
		go useOk(in)
	}
	for range 10 {
		in <- sharingOk{map[string]int{}, config}
	}
}

type playerOk struct{ out chan *FN_board }

type FN_board struct{ at map[string]int }

func (p *playerOk) show() {
	for b := range p.out {
		for k := range b.at {
			println(k)
		}
	}
}

type FN_game struct {
	players []*playerOk
	board   FN_board
}

// The board of the game is sent to its players, who are other objects: should be reported.
func (g *FN_game) run() {
	for range time.Tick(time.Second) {
		g.board.at["a"]++
		for _, p := range g.players {
			p.out <- &g.board
		}
	}
}

func FN_Play() {
	g := &FN_game{board: FN_board{map[string]int{}}}
	for range 3 {
		p := &playerOk{make(chan *FN_board)}
		g.players = append(g.players, p)
		go p.show()
	}
	g.run()
}
