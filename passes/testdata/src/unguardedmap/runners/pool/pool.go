// Package pool runs tasks.
package pool

// Pool has workers, each of which takes functions from a channel of its own.
type Pool struct{ queues []chan func() }

// New starts n workers.
func New(n int) *Pool {
	p := &Pool{queues: make([]chan func(), n)}
	for i := range p.queues {
		p.queues[i] = make(chan func(), 64)
		go work(p.queues[i])
	}
	return p
}

// Submit hands a task to a worker.
func (p *Pool) Submit(key int, task func()) { p.queues[key%len(p.queues)] <- task }

func work(tasks chan func()) {
	for task := range tasks {
		task()
	}
}

// Loop runs functions one after another.
type Loop struct {
	tasks chan func()
	quit  chan struct{}
}

// NewLoop starts the loop.
func NewLoop() *Loop {
	l := &Loop{tasks: make(chan func()), quit: make(chan struct{})}
	go l.run()
	return l
}

func (l *Loop) run() {
	for {
		select {
		case f := <-l.tasks:
			f()
		case <-l.quit:
			return
		}
	}
}

// Post hands f to the loop.
func (l *Loop) Post(f func()) {
	select {
	case l.tasks <- f:
	case <-l.quit:
	}
}

// Call runs f in the loop and waits for it.
func (l *Loop) Call(f func()) {
	done := make(chan struct{})
	l.Post(func() {
		defer close(done)
		f()
	})
	<-done
}
