package making

import "sync"

// A constructor that has registered functions of what it makes goes on with it: nobody but they can have it yet.

type board struct {
	mu    sync.RWMutex
	desks map[string]*deskOk
	subs  map[string]func(string)
	last  *deskLet
}

func (b *board) subscribe(topic string, f func(string)) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.subs[topic] = f
}

func (b *board) Deliver(topic, msg string) {
	b.mu.RLock()
	f := b.subs[topic]
	b.mu.RUnlock()
	if f != nil {
		go f(msg)
	}
}

type deskOk struct {
	mu    sync.RWMutex
	b     *board
	peers map[string]int
	queue chan string
	ready bool
}

func (d *deskOk) handle(msg string) { d.queue <- msg }

func (d *deskOk) listen() { d.b.subscribe("desk", d.handle) }

func (d *deskOk) load(from []string) {
	for _, p := range from {
		d.peers[p] = 1
	}
}

func (b *board) register(name string, d *deskOk) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.desks[name] = d
}

func (b *board) newDeskOk(name string, from []string) *deskOk {
	d := &deskOk{b: b, peers: map[string]int{}, queue: make(chan string, 10)}
	d.listen()
	d.load(from)
	if len(d.peers) == 0 {
		d.peers["self"] = 1
		d.ready = true
	}
	b.register(name, d)
	return d
}

func (b *board) StartOk(name string, from []string) {
	d := b.newDeskOk(name, from)
	go d.run()
}

func (d *deskOk) run() {
	for m := range d.queue {
		d.mu.Lock()
		d.peers[m]++
		d.mu.Unlock()
	}
}

func (b *board) Peers() (count int) {
	b.mu.RLock()
	defer b.mu.RUnlock()
	for _, d := range b.desks {
		d.mu.RLock()
		count += len(d.peers)
		d.mu.RUnlock()
	}
	return count
}

func (d *deskOk) Drop(p string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	delete(d.peers, p)
}

// What was registered uses the map, by way of another function.
type desk struct {
	mu    sync.Mutex
	b     *board
	peers map[string]int
}

func (d *desk) handle(msg string) { d.count(msg) }

func (d *desk) count(msg string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.peers[msg]++
}

func (d *desk) Drop(p string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	delete(d.peers, p)
}

func FN_NewDesk(b *board, from []string) *desk {
	d := &desk{b: b, peers: map[string]int{}}
	b.subscribe("desk", d.handle)
	for _, p := range from {
		d.peers[p] = 1
	}
	return d
}

// What was registered hands the object on.
type deskLet struct {
	mu    sync.Mutex
	b     *board
	peers map[string]int
}

func (d *deskLet) handle(string) { d.b.last = d }

func (d *deskLet) Drop(p string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	delete(d.peers, p)
}

func (d *deskLet) Add(p string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.peers[p]++
}

func FN_NewDeskLet(b *board, from []string) *deskLet {
	d := &deskLet{b: b, peers: map[string]int{}}
	b.subscribe("desk", d.handle)
	for _, p := range from {
		d.peers[p] = 1
	}
	return d
}

// A function literal has captured it.
type deskLit struct {
	mu    sync.Mutex
	peers map[string]int
	asked chan string
}

func (d *deskLit) Add(p string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.peers[p]++
}

func (d *deskLit) Drop(p string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	delete(d.peers, p)
}

func NewDeskLitOk(b *board, from []string) *deskLit {
	d := &deskLit{peers: map[string]int{}, asked: make(chan string, 1)}
	b.subscribe("desk", func(msg string) { d.asked <- msg })
	for _, p := range from {
		d.peers[p] = 1
	}
	return d
}

func FN_NewDeskLit(b *board, from []string) *deskLit {
	d := &deskLit{peers: map[string]int{}, asked: make(chan string, 1)}
	b.subscribe("desk", func(msg string) { d.Add(msg) })
	for _, p := range from {
		d.peers[p] = 1
	}
	return d
}

// A goroutine of the constructor's own is running besides: what the others may run is weighed with it.
type deskWatched struct {
	mu    sync.Mutex
	peers map[string]int
	quit  chan string
	heard map[string]int
}

func (d *deskWatched) watch() {
	for range d.quit {
	}
}

func (d *deskWatched) Add(p string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.peers[p]++
	d.heard[p]++
}

func (d *deskWatched) Drop(p string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	delete(d.peers, p)
	delete(d.heard, p)
}

func (d *deskWatched) handle(msg string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.peers[msg]++
}

func NewDeskWatched(b *board, from []string) *deskWatched {
	d := &deskWatched{peers: map[string]int{}, heard: map[string]int{}, quit: make(chan string)}
	go d.watch()
	b.subscribe("desk", d.handle)
	for _, p := range from {
		d.peers[p] = 1 // want `map deskWatched.peers is written without deskWatched.mu`
		d.heard[p] = 1
	}
	return d
}
