package happensbefore

import "sync"

// What one goroutine does before and after it has told somebody something is one after the other.

type electionOk struct {
	wg    sync.WaitGroup
	peers map[string]chan int
	ask   chan chan int
	note  chan bool
	quit  chan bool
}

func (e *electionOk) start(f func()) {
	e.wg.Add(1)
	go func() {
		defer e.wg.Done()
		f()
	}()
}

func newElectionOk() *electionOk {
	e := &electionOk{peers: map[string]chan int{}, ask: make(chan chan int), note: make(chan bool, 1), quit: make(chan bool)}
	e.start(e.run)
	return e
}

func (e *electionOk) run() {
	e.sync()
	for {
		select {
		case a := <-e.ask:
			a <- len(e.peers)
			e.note <- true
			e.sync()
		case <-e.quit:
			for _, p := range e.peers {
				close(p)
			}
			return
		}
	}
}

func (e *electionOk) sync() {
	e.peers["a"] = make(chan int, 1)
	for name, p := range e.peers {
		p <- 1
		delete(e.peers, name)
	}
}

// The map is made under the once that all who put something into it go through.
type hubOk struct {
	once  sync.Once
	err   error
	mu    sync.Mutex
	conns map[string]int
}

func (h *hubOk) init() error {
	h.once.Do(func() { h.conns = map[string]int{} })
	return h.err
}

func (h *hubOk) Dial(name string) error {
	if err := h.init(); err != nil {
		return err
	}
	return h.dial(name)
}

func (h *hubOk) dial(name string) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.conns[name]++
	return nil
}

// Of what Dial has put there.
func (h *hubOk) Drop(name string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.conns, name)
}

func (h *hubOk) WriteTo(name string) error {
	if err := h.init(); err != nil {
		return err
	}
	return nil
}

type hubConn struct{ h *hubOk }

func (c *hubConn) run() { c.h.WriteTo("a") }

func newHubConn(h *hubOk) {
	c := &hubConn{h}
	go c.run()
}

type entryOk struct {
	mu    sync.Mutex
	ready chan bool
	rows  map[int]string
}

func (e *entryOk) fill(n int) {
	e.mu.Lock()
	defer e.mu.Unlock()
	for i := range n {
		e.rows[i] = ""
	}
	close(e.ready)
}

func (e *entryOk) more(n int) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.rows[n] = ""
}

// Each goroutine waits for the channel that the one which fills the entry closes.
func serveOk(in chan *entryOk, out chan string) {
	for e := range in {
		go func() {
			e.fill(10)
		}()
		go func() {
			<-e.ready
			out <- e.rows[1]
		}()
	}
}

type entryBad struct {
	mu    sync.Mutex
	ready chan bool
	rows  map[int]string
}

func (e *entryBad) fill(n int) {
	e.mu.Lock()
	defer e.mu.Unlock()
	close(e.ready)
	for i := range n {
		e.rows[i] = ""
	}
}

// What is filled after the channel has been closed is not what they waited for.
func serveBad(in chan *entryBad, out chan string) {
	for e := range in {
		go func() {
			e.fill(10)
		}()
		go func() {
			<-e.ready
			out <- e.rows[1] // want `map entryBad.rows is read without entryBad.mu, held at 1 of its 1 other accesses`
		}()
	}
}
