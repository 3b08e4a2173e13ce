// Package reconnect has clients that make a connection, put it where others find it, and start its goroutine: once more for each connection. Each goroutine has
// the connection that it was started for.
package reconnect

import (
	"net/http"
	"sync"
	"sync/atomic"
	"time"
)

type conn struct {
	mu   sync.Mutex
	n    int
	seen map[string]int
}

func dial() *conn { return &conn{seen: map[string]int{}} }

func (c *conn) loop() {
	for i := range 10 {
		c.seen["n"] = i
	}
}

func (c *conn) count() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.n++
}

type session struct{ conn *conn }

type client struct {
	mu     sync.Mutex
	conn   *conn
	last   atomic.Pointer[conn]
	sess   *session
	shared map[string]int
}

func (c *client) use() {
	c.mu.Lock()
	n := c.conn
	c.mu.Unlock()
	n.count()
}

func (c *client) set(n *conn) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.conn = n
}

func (c *client) plainOk() {
	n := dial()
	n.seen["begun"] = 1
	c.set(n)
	n.seen["put"] = 1
	go n.loop()
}

func (c *client) fieldOk() {
	c.mu.Lock()
	c.conn = dial()
	n := c.conn
	c.mu.Unlock()
	go n.loop()
}

func (c *client) innerOk() {
	c.sess = &session{dial()}
	go c.sess.conn.loop()
}

func (c *client) atomicOk() {
	n := dial()
	c.last.Store(n)
	time.AfterFunc(time.Second, n.loop)
}

func (c *client) startedOk(n *conn) {
	c.conn = n
	go func() { n.loop() }()
}

func (c *client) ServeHTTP(http.ResponseWriter, *http.Request) {
	n := dial()
	c.conn = n
	go n.loop()
}

func runOk() {
	c := &client{}
	c.plainOk()
	go c.use()
	for range 3 {
		c.plainOk()
		c.fieldOk()
		c.innerOk()
		c.atomicOk()
		c.startedOk(dial())
	}
	http.Handle("/", c)
	http.HandleFunc("/again", func(http.ResponseWriter, *http.Request) { c.plainOk() })
}

// line is a conn that not everybody has made anew.
type line struct {
	mu   sync.Mutex
	n    int
	seen map[string]int
}

func newLine() *line { return &line{seen: map[string]int{}} }

func (l *line) loop() {
	for i := range 10 {
		l.seen["n"] = i // want `map line.seen is written here by several goroutines at once with no lock: the goroutine line.loop starts at reconnect.go:\d+, again while it is running`
	}
}

func (l *line) count() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.n++
}

type phone struct{ line *line }

// The line is made for the first call only.
func (p *phone) call() {
	if p.line == nil {
		p.line = newLine()
	}
	go p.line.loop()
}

func ring() {
	p := &phone{}
	for range 3 {
		p.call()
	}
	go p.line.count()
}

// wire is put in place, and its user touches what the goroutine does.
type wire struct {
	mu   sync.Mutex
	n    int
	seen map[string]int
}

func (w *wire) loop() {
	for i := range 10 {
		w.seen["n"] = i // want `map wire.seen is written here and written at reconnect.go:\d+ with no lock in common: the goroutine wire.loop starts at reconnect.go:\d+`
	}
}

func (w *wire) count() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.n++
}

type user struct {
	mu   sync.Mutex
	wire *wire
}

func (u *user) connect() {
	w := &wire{seen: map[string]int{}}
	u.wire = w
	go w.loop()
}

func (u *user) reset() {
	u.mu.Lock()
	w := u.wire
	u.mu.Unlock()
	w.count()
	w.seen["n"] = 0
}

func useWires() {
	u := &user{}
	for range 3 {
		u.connect()
		u.reset()
	}
}

// Each has its own feed, and all have one map.
type feed struct {
	mu   sync.Mutex
	n    int
	seen map[string]int
}

func (f *feed) loop() {
	for i := range 10 {
		f.seen["n"] = i // want `map reader.shared is written here by several goroutines at once with no lock: the goroutine feed.loop starts at reconnect.go:\d+, again while it is running`
	}
}

func (f *feed) count() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.n++
}

type reader struct {
	feed   *feed
	shared map[string]int
}

func (r *reader) open() {
	f := &feed{seen: r.shared}
	r.feed = f
	go f.loop()
}

func read() {
	r := &reader{shared: map[string]int{}}
	for range 3 {
		r.open()
	}
	r.feed.count()
}

// What is put in place is made anew, and then gets the map of all.
type news struct {
	mu   sync.Mutex
	n    int
	seen map[string]int
}

func (n *news) share(seen map[string]int) { n.seen = seen }

func (n *news) loop() {
	for i := range 10 {
		n.seen["n"] = i // want `map news.seen is written here by several goroutines at once with no lock: the goroutine news.loop starts at reconnect.go:\d+, again while it is running`
	}
}

func (n *news) count() {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.n++
}

type listener struct {
	news   *news
	shared map[string]int
}

func (l *listener) tune() {
	n := &news{seen: map[string]int{}}
	n.share(l.shared)
	l.news = n
	go n.loop()
}

func listen() {
	l := &listener{shared: map[string]int{}}
	for range 3 {
		l.tune()
	}
	l.news.count()
}

// gauge is put in place by the function that returns it: what that says of its result does not tell what it has made from what it may have found there.
type gauge struct {
	mu   sync.Mutex
	n    int
	seen map[string]int
}

func (g *gauge) FP_loop() {
	for i := range 10 {
		g.seen["n"] = i // want `map gauge.seen is written here by several goroutines at once with no lock: the goroutine gauge.FP_loop starts at reconnect.go:\d+, again while it is running`
	}
}

func (g *gauge) count() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.n++
}

type board struct{ gauge *gauge }

func (b *board) mount() *gauge {
	g := &gauge{seen: map[string]int{}}
	b.gauge = g
	return g
}

func (b *board) measure() {
	g := b.mount()
	go g.FP_loop()
}

func measure() {
	b := &board{}
	for range 3 {
		b.measure()
	}
	b.gauge.count()
}

var (
	_ = runOk
	_ = measure
	_ = listen
	_ = ring
	_ = useWires
	_ = read
)
