// Package silent writes maps under read locks, rightly.
package silent

import "sync"

type Store struct {
	mu    sync.RWMutex
	items map[string]int
}

func (s *Store) Put(k string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.items[k] = 1
}

// A local map.
func (s *Store) CopyOk() map[string]int {
	s.mu.RLock()
	defer s.mu.RUnlock()
	out := make(map[string]int, len(s.items))
	for k, v := range s.items {
		out[k] = v
	}
	return out
}

// The caller's map.
func (s *Store) FillOk(out map[string]int) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	for k, v := range s.items {
		out[k] = v
	}
}

type report struct{ rows map[string]int }

func (r *report) add(k string, v int) { r.rows[k] = v }

// An object made here.
func (s *Store) ReportOk() *report {
	r := &report{rows: map[string]int{}}
	s.mu.RLock()
	defer s.mu.RUnlock()
	for k, v := range s.items {
		r.add(k, v)
	}
	return r
}

// A copy that gets a map of its own.
func (s *Store) CloneOk() *Store {
	s.mu.RLock()
	defer s.mu.RUnlock()
	c := &Store{}
	c.items = map[string]int{}
	for k, v := range s.items {
		c.items[k] = v
	}
	return c
}

// Another instance, which only the caller has.
func (s *Store) MergeOk(into *Store) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	into.mu.Lock()
	defer into.mu.Unlock()
	for k, v := range s.items {
		into.items[k] = v
	}
}

type Hub struct {
	mu    sync.RWMutex
	fills sync.Mutex
	names []string
	memo  map[string]int
}

func (h *Hub) Rename(n []string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.names = n
	h.fills.Lock()
	clear(h.memo)
	h.fills.Unlock()
}

// Another lock, in write mode.
func (h *Hub) LookOk(k string) int {
	h.mu.RLock()
	defer h.mu.RUnlock()
	h.fills.Lock()
	defer h.fills.Unlock()
	if _, ok := h.memo[k]; !ok {
		h.memo[k] = len(h.names)
	}
	return h.memo[k]
}

type listener interface{ On(k string) }

type Dispatcher struct {
	mu        sync.RWMutex
	listeners []listener
}

func (d *Dispatcher) Add(l listener) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.listeners = append(d.listeners, l)
}

// Listeners that bring their own lock, or need none, called under the read lock of the dispatcher.
func (d *Dispatcher) DispatchOk(k string) {
	d.mu.RLock()
	defer d.mu.RUnlock()
	for _, l := range d.listeners {
		l.On(k)
	}
}

type counter struct {
	mu sync.Mutex
	n  map[string]int
}

func (c *counter) On(k string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.n[k]++
}

func (c *counter) Count(k string) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.n[k]
}

type tally struct{ n map[string]int }

func (t *tally) On(k string) { t.n[k]++ }

type Sub struct{ seen map[string]bool }

func (s *Sub) mark(k string) { s.seen[k] = true }

type Topic struct {
	mu   sync.RWMutex
	subs map[int]*Sub
}

func (t *Topic) Join(id int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.subs[id] = &Sub{seen: map[string]bool{}}
}

// The object of one reader, found under the read lock of those that hold them all.
func (t *Topic) MarkOk(id int, k string) {
	t.mu.RLock()
	defer t.mu.RUnlock()
	if s := t.subs[id]; s != nil {
		s.mark(k)
	}
}

func (t *Topic) SeenOk(id int, k string) bool {
	t.mu.RLock()
	defer t.mu.RUnlock()
	return t.subs[id].seen[k]
}

type Worker struct {
	mu   sync.RWMutex
	mode int
	done map[string]bool
	jobs chan string
}

func (w *Worker) SetMode(m int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.mode = m
}

func (w *Worker) Start() { go w.loopOk() }

// One goroutine owns the map; the read lock is held for something else.
func (w *Worker) loopOk() {
	for j := range w.jobs {
		w.mu.RLock()
		if w.mode > 0 && !w.done[j] {
			w.done[j] = true
		}
		w.mu.RUnlock()
	}
}

type Poller struct {
	mu   sync.RWMutex
	mode int
	seen map[string]bool
}

func (p *Poller) SetMode(m int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.mode = m
}

// The same, with the goroutine out of sight: nobody else touches the map.
func (p *Poller) PollOk(k string) bool {
	p.mu.RLock()
	defer p.mu.RUnlock()
	if p.mode > 0 && !p.seen[k] {
		p.seen[k] = true
		return true
	}
	return false
}

type Config struct {
	mu   sync.RWMutex
	vals map[string]string
}

// Copy-on-write: the copy is filled under the read lock, and put in place under the write lock.
func (c *Config) SetOk(k, v string) {
	c.mu.RLock()
	next := make(map[string]string, len(c.vals)+1)
	for k, v := range c.vals {
		next[k] = v
	}
	next[k] = v
	c.mu.RUnlock()
	c.mu.Lock()
	c.vals = next
	c.mu.Unlock()
}

func (c *Config) GetOk(k string) string {
	c.mu.RLock()
	vals := c.vals
	c.mu.RUnlock()
	return vals[k]
}

type Node struct {
	mu       sync.RWMutex
	children map[string]*Node
	marks    map[string]bool
}

func (n *Node) Add(k string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.children[k] = &Node{}
}

// The map of a child, under the read lock of the parent and the write lock of the child.
func (n *Node) MarkOk(k string) {
	n.mu.RLock()
	defer n.mu.RUnlock()
	c := n.children[k]
	c.mu.Lock()
	defer c.mu.Unlock()
	c.marks[k] = true
}

func (n *Node) MarksOk(k string) bool {
	n.mu.RLock()
	defer n.mu.RUnlock()
	return n.marks[k]
}

type Once struct {
	mu   sync.RWMutex
	once sync.Once
	m    map[string]int
}

// Made once, whoever comes first.
func (o *Once) GetOk(k string) int {
	o.mu.RLock()
	defer o.mu.RUnlock()
	o.once.Do(func() { o.m = map[string]int{"a": 1} })
	return o.m[k]
}

func (o *Once) SetOk(k string) {
	o.once.Do(func() { o.m = map[string]int{"a": 1} })
	o.mu.Lock()
	defer o.mu.Unlock()
	o.m[k] = 1
}

// Written before anybody else has it.
func NewStoreOk() *Store {
	s := &Store{items: map[string]int{}}
	s.mu.RLock()
	defer s.mu.RUnlock()
	s.items["a"] = 1
	return s
}

type Tree struct {
	mu   sync.RWMutex
	root map[string]int
}

func (t *Tree) find(k string, create bool) int {
	n, ok := t.root[k]
	if !ok {
		if create {
			t.root[k] = 1
		} else {
			return 0
		}
	}
	return n
}

// The helper inserts only if it is asked to.
func (t *Tree) GetOk(k string) int {
	t.mu.RLock()
	defer t.mu.RUnlock()
	return t.find(k, false)
}

func (t *Tree) AddOk(k string) int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.find(k, true)
}
