package workers

import (
	"context"
	"sync"
)

var (
	portsMu  sync.Mutex
	portsBad = map[int]func(){}
	portsOk  = map[int]func(){}
)

func cancelBad(port int) {
	if cancel, ok := portsBad[port]; ok {
		cancel()
		delete(portsBad, port) // want `map portsBad is deleted from here by several goroutines at once with no lock`
	}
}

// ForwardBad has a helper, under the lock, start a goroutine for each port, which deletes without it.
func ForwardBad(port int, c chan int) {
	portsMu.Lock()
	defer portsMu.Unlock()
	forwardBad(port, c)
}

func forwardBad(port int, c chan int) {
	cancelBad(port)
	portsBad[port] = func() { close(c) }
	go func() {
		<-c
		cancelBad(port)
	}()
}

func cancelOk(port int) {
	if cancel, ok := portsOk[port]; ok {
		cancel()
		delete(portsOk, port)
	}
}

// ForwardOk has it take the lock for that.
func ForwardOk(port int, c chan int) {
	portsMu.Lock()
	defer portsMu.Unlock()
	forwardOk(port, c)
}

func forwardOk(port int, c chan int) {
	cancelOk(port)
	portsOk[port] = func() { close(c) }
	go func() {
		<-c
		portsMu.Lock()
		defer portsMu.Unlock()
		cancelOk(port)
	}()
}

type ban struct{ words map[string]string }

// guestServerBad has a table, two objects away from its connections, which a constructor of these puts the server into.
type guestServerBad struct{ ban *ban }

type guestBad struct {
	in     chan string
	server *guestServerBad
}

func NewGuestServerBad() *guestServerBad {
	return &guestServerBad{ban: &ban{words: map[string]string{}}}
}

func (s *guestServerBad) Serve(conns chan chan string) {
	for c := range conns {
		go s.serve(c)
	}
}

func (s *guestServerBad) newGuest(c chan string) *guestBad { return &guestBad{in: c, server: s} }

func (s *guestServerBad) serve(c chan string) {
	g := s.newGuest(c)
	g.run()
}

func (g *guestBad) run() {
	for word := range g.in {
		g.server.add(word)
	}
}

func (s *guestServerBad) add(word string) {
	s.ban.words[word] = word // want `map ban.words is written here by several goroutines at once with no lock: the goroutine guestServerBad.serve starts`
}

var (
	stopsMu  sync.Mutex
	stopsBad = map[int]context.CancelFunc{}
)

func stopBad(port int) {
	if stop, ok := stopsBad[port]; ok {
		stop()
		delete(stopsBad, port)
	}
}

// ListenBad hands the goroutine what is to be done at its end, which goes on after a signal: to call a context's function is one.
func ListenBad(port int, in chan int) {
	stopsMu.Lock()
	defer stopsMu.Unlock()
	stopBad(port)
	stopsBad[port] = func() { close(in) }
	go drainBad(in, func() { stopBad(port) }) // want `map stopsBad is deleted from without stopsMu, held at 3 of its 3 other accesses`
}

func drainBad(in chan int, done func()) {
	defer done()
	for range in {
	}
}

// monitorOk has workers with a lock that whoever starts them makes for them.
type monitorOk struct {
	n    int
	in   chan string
	seen map[string]int
}

func NewMonitorOk(n int, in chan string) *monitorOk {
	m := &monitorOk{n: n, in: in, seen: map[string]int{}}
	m.startOk()
	return m
}

func (m *monitorOk) startOk() {
	mu := &sync.Mutex{}
	for range m.n {
		go m.workOk(mu)
	}
}

func (m *monitorOk) workOk(mu *sync.Mutex) {
	for k := range m.in {
		mu.Lock()
		m.seen[k]++
		mu.Unlock()
	}
}

// monitorBad gets more of them when asked to, with a lock of their own.
type monitorBad struct {
	n    int
	in   chan string
	seen map[string]int
}

func NewMonitorBad(n int, in chan string) *monitorBad {
	m := &monitorBad{n: n, in: in, seen: map[string]int{}}
	m.startBad()
	m.startBad()
	return m
}

func (m *monitorBad) startBad() {
	mu := &sync.Mutex{}
	for range m.n {
		go m.workBad(mu)
	}
}

func (m *monitorBad) workBad(mu *sync.Mutex) {
	for k := range m.in {
		mu.Lock()
		m.seen[k]++ // want `map monitorBad.seen is written here and read at byhelper.go:\d+ with no lock in common`
		mu.Unlock()
	}
}
