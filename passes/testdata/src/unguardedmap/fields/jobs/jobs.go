// Package jobs calls what others put into the fields of its types.
package jobs

import "sync"

// A Pool has its tasks done by several workers at once.
type Pool struct {
	Do      func(task int)
	Checks  []func(task int) bool
	Done    func(task int) // under the lock
	Started func()         // on the caller's goroutine
	Idle    func()         // by the one goroutine that watches
	Workers int

	mu    sync.Mutex
	tasks chan int
}

func (p *Pool) Run() {
	p.tasks = make(chan int)
	p.Started()
	for range p.Workers {
		go p.work()
	}
	go p.watch()
}

func (p *Pool) work() {
	for task := range p.tasks {
		for _, check := range p.Checks {
			if !check(task) {
				return
			}
		}
		p.Do(task)
		p.finish(task)
	}
}

func (p *Pool) finish(task int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.Done(task)
}

func (p *Pool) watch() {
	for range p.tasks {
		p.Idle()
	}
}

func (p *Pool) Close() { close(p.tasks) }

// Config says what a server does.
type Config struct{ OnEvent func(int) }

type Server struct {
	conf   Config
	events chan int
}

// New starts a server.
func New(conf Config) *Server {
	s := &Server{conf: conf, events: make(chan int)}
	for range 4 {
		go s.loop()
	}
	return s
}

func (s *Server) loop() {
	for event := range s.events {
		s.conf.OnEvent(event)
	}
}

// A Worker does tasks.
type Worker interface{ Work(task int) }

// WorkerFunc makes a function a Worker.
type WorkerFunc func(task int)

func (f WorkerFunc) Work(task int) { f(task) }

// LockedFunc does one task after another.
type LockedFunc func(task int)

var one sync.Mutex

func (f LockedFunc) Work(task int) {
	one.Lock()
	defer one.Unlock()
	f(task)
}

// A Crew has a worker do several tasks at once.
type Crew struct{ Worker Worker }

func (c *Crew) Do(tasks []int) {
	for _, task := range tasks {
		go c.Worker.Work(task)
	}
}
