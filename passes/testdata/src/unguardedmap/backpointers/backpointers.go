// Package backpointers has parts that know the one object which holds them all.
package backpointers

import "sync"

type hub struct {
	conns map[string]*conn
	names map[string]int
}

type conn struct {
	hub  *hub
	in   chan string
	seen map[string]bool
}

func (c *conn) Run() { go c.loop() }

func (c *conn) loop() {
	for s := range c.in {
		c.seen[s] = true   // its own
		c.hub.names[s] = 1 // want `map hub.names is written here by several goroutines at once with no lock: the goroutine conn.loop starts at .*, once for each of several objects`
	}
}

// A part writes, the owner reads.
type board struct {
	cells []*cell
	marks map[string]int
}

type cell struct {
	board *board
	once  sync.Once
	in    chan string
}

func (c *cell) Run() {
	go func() {
		for s := range c.in {
			c.board.marks[s] = 1 // want `map board.marks is written here by several goroutines at once`
		}
	}()
}

func (b *board) MarksBad() int { return len(b.marks) }

// The pointer leads to an object that each part has for itself.
type store struct{ rows map[string]int }

type worker struct {
	store *store
	in    chan string
}

func (w *worker) Run() { go w.loop() }

func (w *worker) loop() {
	for s := range w.in {
		w.store.rows[s] = 1
	}
}

// The owner's lock is held.
type room struct {
	mu     sync.Mutex
	guests map[string]*guest
	said   map[string]int
}

type guest struct {
	room *room
	in   chan string
}

func (g *guest) Run() { go g.loop() }

func (g *guest) loop() {
	for s := range g.in {
		g.room.mu.Lock()
		g.room.said[s]++
		g.room.mu.Unlock()
	}
}

func (r *room) SaidOk() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return len(r.said)
}

// A part has goroutines started, each for an object of its own, which the owner keeps in a map.
type farm struct {
	fields []*field
	crew   *crew
}

type crew struct{ hands map[string]*hand }

type field struct {
	farm *farm
	name string
}

type hand struct {
	in   chan string
	done map[string]bool
}

func (f *field) HireOk(in chan string) {
	h := &hand{in: in, done: map[string]bool{}}
	f.farm.crew.hands[f.name] = h
	go f.farm.crew.hands[f.name].loop()
}

func (h *hand) loop() {
	for s := range h.in {
		h.done[s] = true
	}
}
