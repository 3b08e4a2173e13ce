package instances

import "sync"

// tally is put into what a function gets, and used on.
type tally struct {
	mu  sync.Mutex
	ids map[int]bool
}

func (t *tally) add(id int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.ids == nil {
		t.ids = map[int]bool{}
	}
	t.ids[id] = true
}

func (t *tally) list() (out []int) {
	for id := range t.ids {
		out = append(out, id)
	}
	return out
}

func (t *tally) drain() []int {
	t.mu.Lock()
	defer t.mu.Unlock()
	out := t.list()
	t.ids = nil
	return out
}

type order struct{ seen *tally }

type office struct{ n int }

// fill puts its tally into an order that each of its callers has for itself.
func (o *office) fill(to *order) {
	t := &tally{}
	t.add(1)
	to.seen = t
	o.n = len(t.list())
}

func (o *office) Handle(ids chan int) {
	go func() {
		for id := range ids {
			to := order{seen: &tally{}}
			to.seen.add(id)
			o.fill(&to)
			to.seen.drain()
		}
	}()
}

// score is put into what a function gets, too, and into what several have.
type score struct {
	mu  sync.Mutex
	ids map[int]bool
}

func (s *score) add(id int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.ids == nil {
		s.ids = map[int]bool{}
	}
	s.ids[id] = true
}

func (s *score) drain() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.ids = nil
}

type match struct{ score *score }

type league struct {
	n    int
	last *score
}

func (l *league) play(m *match) {
	s := &score{}
	m.score = s
	l.last = s
	for range s.ids { // want `map score.ids is iterated without score.mu`
		l.n++
	}
}

func (l *league) Handle(ids chan int) {
	go func() {
		for range ids {
			l.play(&match{})
		}
	}()
}

func (l *league) Tell(id int) { l.last.add(id) }

func (l *league) End() { l.last.drain() }

// replay is what several have, with what is put into it.
type replay struct{ score *board }

// board is put into an argument that a package variable holds.
type board struct {
	mu  sync.Mutex
	ids map[int]bool
}

func (b *board) add(id int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.ids[id] = true
}

func (b *board) remove(id int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	delete(b.ids, id)
}

func show(r *replay) (n int) {
	b := &board{ids: map[int]bool{}}
	r.score = b
	for range b.ids { // want `map board.ids is iterated without board.mu`
		n++
	}
	return n
}

var onAir = &replay{score: &board{ids: map[int]bool{}}}

func ShowIt() int { return show(onAir) }

func AddIt(id int) { onAir.score.add(id) }

func RemoveIt(id int) { onAir.score.remove(id) }
