package workers

type source interface{ Receive() int }

type answer struct {
	n    int
	done chan bool
}

// feed is a part of what callers make, and has its worker from then on.
type feed struct {
	asked map[int]*answer
	in    source
}

func newFeed(in source) (*feed, error) {
	f := &feed{asked: map[int]*answer{}, in: in}
	go f.listen()
	return f, nil
}

func (f *feed) listen() {
	for {
		if a := f.asked[f.in.Receive()]; a != nil {
			a.done <- true
		}
	}
}

func (f *feed) askBad(n int) int {
	a := &answer{done: make(chan bool, 1)}
	f.asked[n] = a // want `map feed.asked is written here and read at part.go:\d+ with no lock in common: the goroutine feed.listen starts at part.go:\d+`
	<-a.done
	delete(f.asked, n)
	return a.n
}

type Inquiry struct{ f *feed }

func NewInquiry(in source) (*Inquiry, error) {
	f, err := newFeed(in)
	if err != nil {
		return nil, err
	}
	return &Inquiry{f: f}, nil
}

func (r *Inquiry) Ask(n int) int { return r.f.askBad(n) }

// late has a worker only when somebody has told it to run, before which it is filled.
type late struct {
	names map[int]string
	in    source
}

func (l *late) run() {
	go func() {
		for {
			println(l.names[l.in.Receive()])
		}
	}()
}

func (l *late) add(n int, s string) { l.names[n] = s }

type Desk struct{ l *late }

func NewDesk(in source) *Desk { return &Desk{l: &late{names: map[int]string{}, in: in}} }

func (d *Desk) AddOk(n int, s string) { d.l.add(n, s) }

func (d *Desk) Start() { d.l.run() }

// Those in a table are made with a worker as well. That who finds one there comes later is not known.
type Table struct{ feeds map[string]*pool }

type pool struct {
	asked map[int]*answer
	in    source
}

func newPool(in source) *pool {
	p := &pool{asked: map[int]*answer{}, in: in}
	go p.listen()
	return p
}

func (p *pool) listen() {
	for {
		if a := p.asked[p.in.Receive()]; a != nil {
			a.done <- true
		}
	}
}

func (p *pool) FN_Ask(n int) { p.asked[n] = &answer{} }

func (t *Table) On(name string, in source) { t.feeds[name] = newPool(in) }

func (t *Table) Ask(name string, n int) {
	if p := t.feeds[name]; p != nil {
		p.FN_Ask(n)
	}
}
