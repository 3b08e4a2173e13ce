// Package owners has maps that belong to one goroutine, and such that only seem to.
package owners

import (
	"sync"
	"time"
)

type ask struct {
	key   string
	reply chan int
}

type actorOk struct {
	asks  chan ask
	puts  chan string
	stock map[string]int
}

func NewActorOk() *actorOk {
	a := &actorOk{asks: make(chan ask), puts: make(chan string), stock: map[string]int{}}
	go a.loop()
	return a
}

// The loop owns the map, the methods send it requests.
func (a *actorOk) loop() {
	tick := time.NewTicker(time.Minute)
	defer tick.Stop()
	for {
		select {
		case q := <-a.asks:
			q.reply <- a.stock[q.key]
		case k := <-a.puts:
			a.add(k)
		case <-tick.C:
			clear(a.stock)
		}
	}
}

func (a *actorOk) add(k string) { a.stock[k]++ }

func (a *actorOk) Put(k string) { a.puts <- k }

func (a *actorOk) Get(k string) int {
	q := ask{k, make(chan int)}
	a.asks <- q
	return <-q.reply
}

type ActorBad struct {
	puts  chan string
	stock map[string]int
}

func NewActorBad() *ActorBad {
	a := &ActorBad{puts: make(chan string), stock: map[string]int{}}
	go a.loop()
	return a
}

func (a *ActorBad) loop() {
	for k := range a.puts {
		a.stock[k] = 1 // want `map ActorBad.stock is written here and measured at owners.go:\d+ with no lock in common: the goroutine ActorBad.loop`
	}
}

func (a *ActorBad) Put(k string) { a.puts <- k }

// Len does not ask the loop.
func (a *ActorBad) Len() int { return len(a.stock) }

type ActorTimerBad struct {
	puts  chan string
	stock map[string]int
}

func NewActorTimerBad() *ActorTimerBad {
	a := &ActorTimerBad{puts: make(chan string), stock: map[string]int{}}
	go a.loop()
	return a
}

// The timer's function runs beside the loop that armed it.
func (a *ActorTimerBad) loop() {
	for k := range a.puts {
		a.stock[k] = 1 // want `map ActorTimerBad.stock is written here and deleted from at owners.go:\d+ with no lock in common`
		time.AfterFunc(time.Minute, func() { delete(a.stock, k) })
	}
}

type ActorTimerOk struct {
	puts, drops chan string
	stock       map[string]int
}

func NewActorTimerOk() *ActorTimerOk {
	a := &ActorTimerOk{puts: make(chan string), drops: make(chan string), stock: map[string]int{}}
	go a.loop()
	return a
}

// The timer asks the loop.
func (a *ActorTimerOk) loop() {
	for {
		select {
		case k := <-a.puts:
			a.stock[k] = 1
			time.AfterFunc(time.Minute, func() { a.drops <- k })
		case k := <-a.drops:
			delete(a.stock, k)
		}
	}
}

type conn struct {
	in   chan string
	seen map[string]int
}

func newConn() *conn { return &conn{in: make(chan string), seen: map[string]int{}} }

func (c *conn) loop() {
	for k := range c.in {
		c.seen[k] = 1
	}
}

// A new connection for each goroutine.
func AcceptOk(n int) {
	for range n {
		c := newConn()
		go c.loop()
	}
}

type connTwiceBad struct {
	in   chan string
	seen map[string]int
}

func (c *connTwiceBad) read() {
	for k := range c.in {
		c.seen[k] = 1 // want `map connTwiceBad.seen is written here and iterated at owners.go:\d+ with no lock in common`
	}
}

func (c *connTwiceBad) report() {
	for range c.seen {
	}
}

// A new connection, but two goroutines for it.
func AcceptTwiceBad(n int) {
	for range n {
		c := &connTwiceBad{in: make(chan string), seen: map[string]int{}}
		go c.read()
		go c.report()
	}
}

type pollerBad struct{ last map[string]int }

func (s *pollerBad) poll(addr string) {
	s.last[addr] = len(addr) // want `map pollerBad.last is written here by several goroutines at once with no lock: the goroutine pollerBad.poll`
}

// One poller, a goroutine per address.
func (s *pollerBad) Run(addrs []string) {
	for _, a := range addrs {
		go s.poll(a)
	}
}

type pollerOk struct{ last map[string]int }

func (s *pollerOk) poll(addr string) { s.last[addr] = len(addr) }

// A poller per address.
func RunPollersOk(pollers map[string]*pollerOk) {
	for a, s := range pollers {
		go s.poll(a)
	}
}

type ledgerOk struct {
	mu    sync.Mutex
	total int
	in    chan string
	rows  map[string]int // the loop's own
}

func NewLedgerOk() *ledgerOk {
	l := &ledgerOk{in: make(chan string), rows: map[string]int{}}
	go l.loop()
	return l
}

// The lock is for total; the map is written inside by accident.
func (l *ledgerOk) loop() {
	for k := range l.in {
		if _, ok := l.rows[k]; ok {
			continue
		}
		l.mu.Lock()
		l.total++
		l.rows[k] = l.total
		l.mu.Unlock()
	}
}

func (l *ledgerOk) Total() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.total
}

type syncerOk struct {
	mu  sync.RWMutex
	in  chan string
	cur map[string]int
}

func NewSyncerOk() *syncerOk {
	s := &syncerOk{in: make(chan string), cur: map[string]int{}}
	go s.loop()
	return s
}

// The only writer locks to write, and reads what it alone writes without the lock.
func (s *syncerOk) loop() {
	for k := range s.in {
		n := s.cur[k]
		s.mu.Lock()
		s.cur[k] = n + 1
		s.mu.Unlock()
	}
}

func (s *syncerOk) Get(k string) int {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.cur[k]
}

type syncerBad struct {
	mu  sync.RWMutex
	in  chan string
	cur map[string]int
}

func NewSyncerBad() *syncerBad {
	s := &syncerBad{in: make(chan string), cur: map[string]int{}}
	go s.loop()
	return s
}

func (s *syncerBad) loop() {
	for k := range s.in {
		s.mu.Lock()
		s.cur[k]++
		s.mu.Unlock()
	}
}

// Not the writer, so it needs the lock.
func (s *syncerBad) Get(k string) int {
	return s.cur[k] // want `map syncerBad.cur is read without syncerBad.mu`
}

type executorOk struct {
	tasks chan func()
	jobs  map[string]int
}

func NewExecutorOk() *executorOk {
	e := &executorOk{tasks: make(chan func()), jobs: map[string]int{}}
	go e.loop()
	return e
}

func (e *executorOk) loop() {
	for f := range e.tasks {
		f()
	}
}

// The functions are run one after the other by the loop.
func (e *executorOk) Add(k string) { e.tasks <- func() { e.jobs[k] = 1 } }

func (e *executorOk) Drop(k string) { e.tasks <- func() { delete(e.jobs, k) } }

type executorBad struct {
	tasks chan func()
	jobs  map[string]int
}

func NewExecutorBad() *executorBad {
	e := &executorBad{tasks: make(chan func()), jobs: map[string]int{}}
	for range 4 {
		go e.loop()
	}
	return e
}

func (e *executorBad) loop() {
	for f := range e.tasks {
		f()
	}
}

// Four loops run the functions.
func (e *executorBad) Add(k string) {
	e.tasks <- func() { e.jobs[k] = 1 } // want `map executorBad.jobs is written here by several goroutines at once`
}
