package joins

import (
	"sync"
	"time"
)

// progress tells from a goroutine of its own how far something has come.
type progress struct {
	stopping chan struct{}
	stopped  sync.WaitGroup
}

func (p *progress) start(tell func(int)) {
	p.stopped.Add(1)
	go func() {
		defer p.stopped.Done()
		tick := time.NewTicker(time.Second)
		defer tick.Stop()
		for {
			select {
			case <-p.stopping:
				return
			case now := <-tick.C:
				tell(now.Second())
			}
		}
	}()
}

func (p *progress) stop() {
	close(p.stopping)
	p.stopped.Wait()
}

// fetcher holds the lock while its goroutine is at work: what helps that, and is waited for, comes while the lock is held. To leave it to the callers, where another
// goroutine is on the other side, would be wrong: they are not told of all of it, see happensbefore/conditions.go.
type fetcher struct {
	mu    *sync.Mutex
	state map[string]int
}

func (f *fetcher) Start(names []string) {
	f.mu.Lock()
	clear(f.state)
	go f.fetchAll(names)
}

func (f *fetcher) fetchAll(names []string) {
	defer f.mu.Unlock()
	for _, name := range names {
		f.FP_fetch(name)
	}
	delete(f.state, "")
}

func (f *fetcher) FP_fetch(name string) {
	p := &progress{stopping: make(chan struct{})}
	p.start(func(n int) { f.state[name] = n }) // want `map fetcher.state`
	defer p.stop()
	time.Sleep(time.Minute)
}

// loader gives the lock up before its helper is called.
type loader struct {
	mu    sync.Mutex
	state map[string]int
}

func (l *loader) Start(names []string) {
	l.mu.Lock()
	clear(l.state)
	l.mu.Unlock()
	go l.loadAll(names)
	go l.sweep()
}

func (l *loader) loadAll(names []string) {
	for _, name := range names {
		l.load(name)
	}
}

func (l *loader) sweep() {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.state, "")
}

func (l *loader) load(name string) {
	p := &progress{stopping: make(chan struct{})}
	p.start(func(n int) { l.state[name] = n }) // want `map loader.state is written without loader.mu`
	defer p.stop()
	time.Sleep(time.Minute)
}
