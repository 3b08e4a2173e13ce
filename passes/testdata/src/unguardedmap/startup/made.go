package startup

import "time"

// A worker that the constructor starts is running whenever a method is called.

type PollerBad struct {
	targets map[string]int
	stop    chan bool
}

func NewPoller() *PollerBad {
	p := &PollerBad{targets: map[string]int{}, stop: make(chan bool)}
	p.targets["self"] = 1
	go p.poll()
	return p
}

func (p *PollerBad) poll() {
	for {
		select {
		case <-p.stop:
			return
		case <-time.After(time.Second):
			for range p.targets {
			}
		}
	}
}

func (p *PollerBad) Add(name string) {
	p.targets[name] = 1 // want `map PollerBad.targets is written here and iterated at made.go:\d+ with no lock in common: the goroutine PollerBad.poll starts at made.go:\d+`
}

// A worker that a method starts may come after all that is added.

type CrawlerOk struct{ targets map[string]int }

func NewCrawler() *CrawlerOk { return &CrawlerOk{targets: map[string]int{}} }

func (c *CrawlerOk) Add(name string) { c.targets[name] = 1 }

func (c *CrawlerOk) Run() {
	go func() {
		for range c.targets {
		}
	}()
}

// The worker that the constructor starts waits for the method that ends the set-up.

type HeldOk struct {
	targets map[string]int
	ready   chan bool
}

func NewHeld() *HeldOk {
	h := &HeldOk{targets: map[string]int{}, ready: make(chan bool)}
	go func() {
		<-h.ready
		for range h.targets {
		}
	}()
	return h
}

func (h *HeldOk) Add(name string) { h.targets[name] = 1 }

func (h *HeldOk) Start() { close(h.ready) }

// Each item is sent to the worker after what it needs was put into the map.

type QueueOk struct {
	sizes map[string]int
	in    chan string
}

func NewQueue() *QueueOk {
	q := &QueueOk{sizes: map[string]int{}, in: make(chan string)}
	go func() {
		for name := range q.in {
			_ = name
		}
	}()
	return q
}

func (q *QueueOk) Add(name string) {
	q.sizes[name] = len(name)
	q.in <- name
}

// A worker that initialisation starts is running before anybody can call.

var seenBad = map[string]int{}

func init() { go sweepSeen() }

func sweepSeen() {
	for range time.Tick(time.Second) {
		for range seenBad {
		}
	}
}

func See(name string) {
	seenBad[name]++ // want `map seenBad is written here and iterated at made.go:\d+ with no lock in common: the goroutine sweepSeen starts at made.go:\d+`
}

var namesOk = map[string]int{}

func init() {
	namesOk["a"] = 1
	go func() {
		for range time.Tick(time.Second) {
			_ = namesOk["a"]
		}
	}()
}

func NameOk(name string) int { return namesOk[name] }

// A ticker of the object's own waits for nobody.

type SweeperBad struct {
	seen map[string]int
	tick *time.Ticker
}

func NewSweeper() *SweeperBad {
	s := &SweeperBad{seen: map[string]int{}, tick: time.NewTicker(time.Second)}
	go func() {
		for range s.tick.C {
			for range s.seen {
			}
		}
	}()
	return s
}

func (s *SweeperBad) See(name string) {
	s.seen[name]++ // want `map SweeperBad.seen is written here and iterated at made.go:\d+ with no lock in common`
}

// Handlers are added before there is anything to handle, which comes by way of this package.

type DispatcherOk struct {
	handlers map[string]func()
	events   chan string
}

func NewDispatcher() *DispatcherOk {
	d := &DispatcherOk{handlers: map[string]func(){}, events: make(chan string)}
	go func() {
		for name := range d.events {
			go func() { d.handlers[name]() }()
		}
	}()
	return d
}

func (d *DispatcherOk) On(name string, f func()) { d.handlers[name] = f }
