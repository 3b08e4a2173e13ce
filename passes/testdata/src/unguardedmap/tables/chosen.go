package tables

import "sync"

// A table that has a lock is there for callers that come at once, and these choose the element.
type exchange struct {
	mu    sync.Mutex
	rooms map[string]*hall
}

type hall struct{ in map[chan string]bool }

func (e *exchange) hall(name string) *hall {
	e.mu.Lock()
	defer e.mu.Unlock()
	h := e.rooms[name]
	if h == nil {
		h = &hall{in: map[chan string]bool{}}
		e.rooms[name] = h
	}
	return h
}

func (e *exchange) EnterBad(name string) chan string {
	c := make(chan string, 1)
	e.hall(name).in[c] = true // want `map hall.in is written here with no lock: exchange.EnterBad may be called by several goroutines at once, for which exchange.rooms has its lock`
	return c
}

func (e *exchange) SayOk(name, what string) { // told of above
	for c := range e.hall(name).in {
		c <- what
	}
}

// The same of a map of maps.
type counts struct {
	mu sync.Mutex
	of map[string]map[string]int
}

func (c *counts) AddBad(who, what string) {
	c.mu.Lock()
	of, ok := c.of[who]
	if !ok {
		of = map[string]int{}
		c.of[who] = of
	}
	c.mu.Unlock()
	of[what]++ // want `map counts.of\[\] is written here with no lock: counts.AddBad may be called by several goroutines at once, for which counts.of has its lock`
}

// A table without a lock says nothing.
type bareExchange struct{ rooms map[string]*bareHall }

type bareHall struct{ in map[chan string]bool }

func (e *bareExchange) EnterOk(name string, c chan string) {
	if e.rooms[name] == nil {
		e.rooms[name] = &bareHall{in: map[chan string]bool{}}
	}
	e.rooms[name].in[c] = true
}

// What nobody has chosen may be of this caller.
type pool struct {
	mu   sync.Mutex
	idle map[int]*worker
}

type worker struct{ did map[string]int }

func (p *pool) put(i int, w *worker) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.idle[i] = w
}

func (p *pool) take() *worker {
	p.mu.Lock()
	defer p.mu.Unlock()
	for i, w := range p.idle {
		delete(p.idle, i)
		return w
	}
	return &worker{did: map[string]int{}}
}

func (p *pool) WorkOk(i int, what string) {
	w := p.take()
	w.did[what]++
	p.put(i, w)
}

// The elements have locks of their own.
type lobby struct {
	mu    sync.Mutex
	rooms map[string]*chamber
}

type chamber struct {
	mu sync.Mutex
	in map[string]bool
}

func (l *lobby) chamber(name string) *chamber {
	l.mu.Lock()
	defer l.mu.Unlock()
	c := l.rooms[name]
	if c == nil {
		c = &chamber{in: map[string]bool{}}
		l.rooms[name] = c
	}
	return c
}

func (l *lobby) EnterOk(name, who string) {
	c := l.chamber(name)
	c.mu.Lock()
	c.in[who] = true
	c.mu.Unlock()
}
