package perobject

// link has a goroutine of its own, and a map that only that touches.
type link struct {
	in   chan string
	rows map[string]int
}

func (l *link) readOk() {
	for k := range l.in {
		l.rows[k]++
	}
}

// peer connects anew: one link after another is behind its field.
type peer struct {
	link *link
}

func dial() *link { return &link{in: make(chan string), rows: map[string]int{}} }

func (p *peer) DialOk(n int) {
	for range n {
		p.link = dial()
		go p.link.readOk()
		p.link.in <- "hello"
	}
}

func (p *peer) RunOk(n int) {
	for range n {
		p.link = &link{in: make(chan string), rows: map[string]int{}}
		go p.link.readOk()
		p.link.in <- "hello"
	}
}

// shared is one for all turns.
type shared struct {
	in   chan string
	rows map[string]int
}

func (s *shared) readBad() {
	for k := range s.in {
		s.rows[k]++ // want `map shared.rows is written here by several goroutines at once`
	}
}

type hub struct {
	shared *shared
}

func (h *hub) Run(n int) {
	h.shared = &shared{in: make(chan string), rows: map[string]int{}}
	for range n {
		go h.shared.readBad()
	}
}

// swapped gets back what it had.
type swapped struct {
	link, old *lateShared
}

func (s *swapped) Run(n int) {
	for range n {
		s.link = s.old
		go s.link.readBad()
	}
}

// late puts the new one away after the start: the goroutines have the old one.
type late struct {
	shared *lateShared
}

type lateShared struct {
	in   chan string
	rows map[string]int
}

func (s *lateShared) readBad() {
	for k := range s.in {
		s.rows[k]++ // want `map lateShared.rows is written here by several goroutines at once`
	}
}

func (l *late) Run(n int) {
	for range n {
		go l.shared.readBad()
		go l.shared.readBad()
		l.shared = &lateShared{in: make(chan string), rows: map[string]int{}}
	}
}
