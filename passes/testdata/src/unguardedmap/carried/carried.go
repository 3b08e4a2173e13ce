// Package carried has memory that is reached through what a function has made: a slice of the objects of a table, a new object that was given an old
// one.
package carried

import (
	"net/http"
	"sync"
)

type room struct {
	mu    sync.Mutex
	users map[string]int
}

func (r *room) Join(u string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.users[u] = 1
}

// House has rooms.
type House struct {
	mu    sync.Mutex
	rooms map[string]*room
}

func (h *House) list() []*room {
	h.mu.Lock()
	defer h.mu.Unlock()
	out := make([]*room, 0, len(h.rooms))
	for _, r := range h.rooms {
		out = append(out, r)
	}
	return out
}

func (h *House) indexed() map[string]*room {
	h.mu.Lock()
	defer h.mu.Unlock()
	out := map[string]*room{}
	for k, r := range h.rooms {
		out[k] = r
	}
	return out
}

// Enter joins a room.
func (h *House) Enter(k, u string) {
	h.mu.Lock()
	r := h.rooms[k]
	h.mu.Unlock()
	r.Join(u)
}

func (h *House) CountBad() (n int) {
	for _, r := range h.list() {
		n += len(r.users) // want `map room.users is measured without room.mu`
	}
	return n
}

func (h *House) IndexedBad() (n int) {
	for _, r := range h.indexed() {
		n += r.users["a"] // want `map room.users is read without room.mu`
	}
	return n
}

func (h *House) InPlaceBad() (n int) {
	var rooms []*room
	h.mu.Lock()
	for _, r := range h.rooms {
		rooms = append(rooms, r)
	}
	h.mu.Unlock()
	for _, r := range rooms {
		for range r.users { // want `map room.users is iterated without room.mu`
			n++
		}
	}
	return n
}

func (h *House) CountOk() (n int) {
	for _, r := range h.list() {
		r.mu.Lock()
		n += len(r.users)
		r.mu.Unlock()
	}
	return n
}

// New objects in a new slice are nobody else's.
func (h *House) FreshOk() (n int) {
	var rooms []*room
	for range 3 {
		rooms = append(rooms, &room{users: map[string]int{}})
	}
	for _, r := range rooms {
		r.users["a"] = 1
		n += len(r.users)
	}
	return n
}

type tree struct{ nodes map[string]*leaf }

type leaf struct {
	tree *tree
	in   chan string
}

func newLeaf(t *tree) *leaf { return &leaf{tree: t, in: make(chan string)} }

// grown has named results.
func grown(t *tree, deep bool) (_ *leaf, err error) {
	if deep {
		return nil, errDeep
	}
	l := leaf{tree: t, in: make(chan string)}
	return &l, nil
}

var errDeep error

type branch struct {
	tree *twigs
	in   chan string
}

type twigs struct{ all map[string]bool }

func (b *branch) Run() { go b.loop() }

func (b *branch) loop() {
	for name := range b.in {
		if c, err := split(b.tree); err == nil {
			c.tree.all[name] = true // want `map twigs.all is written here and measured at .* with no lock in common`
		}
	}
}

func (b *branch) CountBad() int { return len(b.tree.all) }

func split(t *twigs) (c *branch, err error) {
	if len(t.all) > 9 {
		return nil, errDeep
	}
	c = &branch{tree: t}
	return c, nil
}

func (l *leaf) Run() { go l.loop() }

func (l *leaf) loop() {
	for name := range l.in {
		child := newLeaf(l.tree)
		child.tree.nodes[name] = child // want `map tree.nodes is written here by several goroutines at once with no lock: the goroutine leaf.loop starts at .*, once for each of several objects`
	}
}

func (l *leaf) NamesBad() (out []string) {
	for name := range l.tree.nodes {
		out = append(out, name)
	}
	return out
}

type grove struct{ tree *tree }

func (g *grove) Run() { go g.loop() }

// A new leaf with a tree of its own.
func (g *grove) loop() {
	for {
		l := newLeaf(&tree{nodes: map[string]*leaf{}})
		l.tree.nodes["a"] = l
	}
}

func (g *grove) NamesOk() int { return len(g.tree.nodes) }

// Client has a map that a request made on the spot leads to.
type Client struct{ pending map[int]string }

type request struct {
	client *Client
	id     int
}

func (c *Client) Forget(id int) { go drop(&request{c, id}) }

func drop(r *request) {
	delete(r.client.pending, r.id) // want `map Client.pending is deleted from here and written at .* with no lock in common: the goroutine drop`
}

func (c *Client) SendBad(id int) { c.pending[id] = "x" }

type settings struct {
	paused bool
	meta   map[string]string
}

// Worker copies its settings, changes a field of the copy, and has a helper write the map that both still share.
type Worker struct {
	mu  sync.RWMutex
	cfg settings
}

func (w *Worker) ServeHTTP(http.ResponseWriter, *http.Request) {
	w.mu.RLock()
	next := w.cfg
	w.mu.RUnlock()
	next.paused = true
	stamp(&next)
	w.mu.Lock()
	w.cfg = next
	w.mu.Unlock()
}

func stamp(s *settings) {
	s.meta["level"] = "1" // want `map settings.meta is written after Worker.mu, under which it was taken, is released`
}

// WorkerOk gives the copy a map of its own.
type WorkerOk struct {
	mu  sync.RWMutex
	cfg options
}

type options struct {
	paused bool
	meta   map[string]string
}

func (w *WorkerOk) ServeHTTP(http.ResponseWriter, *http.Request) {
	w.mu.RLock()
	next := w.cfg
	w.mu.RUnlock()
	next.paused = true
	next.meta = map[string]string{}
	mark(&next)
	w.mu.Lock()
	w.cfg = next
	w.mu.Unlock()
}

func mark(o *options) { o.meta["level"] = "1" }
