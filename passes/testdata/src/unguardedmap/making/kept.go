package making

import "sync"

// A constructor that has started goroutines goes on with what it makes: nobody but they can have it yet.

type ticks struct {
	mu sync.Mutex
	n  int
}

func (t *ticks) now() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.n++
	return t.n
}

type nodeOk struct {
	clock  ticks
	mu     sync.Mutex
	coords map[string]int
	seen   map[string]bool // of watch alone
	quit   chan string
}

func (n *nodeOk) watch() {
	for name := range n.quit {
		n.seen[name] = true
	}
}

func NewNodeOk(name string, conf *configOk) *nodeOk {
	n := &nodeOk{quit: make(chan string), seen: make(map[string]bool)}
	go n.watch()
	n.coords = make(map[string]int)
	n.coords[name] = n.clock.now()
	conf.delegate = &delegateOk{n: n}
	return n
}

type delegateOk struct{ n *nodeOk }

type configOk struct{ delegate *delegateOk }

func (d *delegateOk) Ping(name string) {
	d.n.mu.Lock()
	defer d.n.mu.Unlock()
	d.n.coords[name]++
}

func (n *nodeOk) Set(name string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.coords[name] = 2
}

func (n *nodeOk) Add(name string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.coords[name]++
}

func (n *nodeOk) Get(name string) int {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.coords[name]
}

type nodeBad struct {
	mu     sync.Mutex
	coords map[string]int
	quit   chan string
}

// The goroutine that has been started is one that uses the map.
func (n *nodeBad) watch() {
	for name := range n.quit {
		n.Set(name)
	}
}

func NewNodeBad(name string) *nodeBad {
	n := &nodeBad{quit: make(chan string), coords: make(map[string]int)}
	go n.watch()
	n.coords[name] = 1
	return n
}

func (n *nodeBad) Set(name string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.coords[name] = 2 // want `map nodeBad.coords is written here and written at kept.go:\d+ with no lock in common: the goroutine nodeBad.watch starts`
}

type listed struct {
	clock  ticks
	mu     sync.Mutex
	coords map[string]int
	seen   map[string]bool // of watch alone
	quit   chan string
}

func (n *listed) watch() {
	for name := range n.quit {
		n.seen[name] = true
	}
}

type delegateListed struct{ n *listed }

type configListed struct{ delegate *delegateListed }

func (d *delegateListed) Ping(name string) {
	d.n.mu.Lock()
	defer d.n.mu.Unlock()
	d.n.coords[name]++
}

// Somebody else has got it by then.
func NewListedBad(name string, conf *configListed) *listed {
	n := &listed{quit: make(chan string), seen: make(map[string]bool), coords: make(map[string]int)}
	go n.watch()
	conf.delegate = &delegateListed{n: n}
	n.coords[name] = n.clock.now() // want `map listed.coords is written without listed.mu, held at 2 of its 2 other accesses`
	return n
}

func (n *listed) Add(name string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.coords[name]++
}
