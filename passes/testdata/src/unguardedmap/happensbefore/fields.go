package happensbefore

import (
	"context"
	"sync"

	"golang.org/x/sync/errgroup"
)

// The group is a field; Stop waits for what Start has started.
type groupOk struct {
	wg   sync.WaitGroup
	quit chan struct{}
	seen map[string]int
}

func (g *groupOk) Start(in chan string) {
	g.wg.Go(func() {
		for {
			select {
			case k := <-in:
				g.seen[k]++
			case <-g.quit:
				return
			}
		}
	})
}

func (g *groupOk) Stop() map[string]int {
	close(g.quit)
	g.wg.Wait()
	g.seen["stopped"] = 1
	return g.seen
}

type groupBad struct {
	wg   sync.WaitGroup
	quit chan struct{}
	seen map[string]int
}

func (g *groupBad) Start(in chan string) {
	g.wg.Go(func() {
		for {
			select {
			case k := <-in:
				g.seen[k]++ // want `map groupBad.seen is written here and written at fields.go:\d+ with no lock in common`
			case <-g.quit:
				return
			}
		}
	})
}

// Written before the wait.
func (g *groupBad) Stop() {
	close(g.quit)
	g.seen["stopped"] = 1
	g.wg.Wait()
}

// The wait stands in a helper, two calls down.
type helperOk struct {
	done chan struct{}
	seen map[string]int
}

func (h *helperOk) Start(in chan string) { go h.run(in) }

func (h *helperOk) run(in chan string) {
	defer h.finish()
	for k := range in {
		h.seen[k]++
	}
}

func (h *helperOk) finish() { close(h.done) }

func (h *helperOk) await() { <-h.done }

func (h *helperOk) Close() int {
	h.await()
	return len(h.seen)
}

type helperBad struct {
	done chan struct{}
	seen map[string]int
}

func (h *helperBad) Start(in chan string) { go h.run(in) }

func (h *helperBad) run(in chan string) {
	defer h.finish()
	for k := range in {
		h.seen[k]++ // want `map helperBad.seen is written here and measured at fields.go:\d+ with no lock in common`
	}
}

func (h *helperBad) finish() { close(h.done) }

// Whoever is in a hurry does not wait.
func (h *helperBad) Close(hurry bool) int {
	if !hurry {
		<-h.done
	}
	return len(h.seen)
}

// The channel of another worker.
type otherBad struct {
	readerDone, writerDone chan struct{}
	seen                   map[string]int
}

func (o *otherBad) Start(in chan string) {
	go func() {
		defer close(o.writerDone)
		for k := range in {
			o.seen[k]++ // want `map otherBad.seen is written here and measured at fields.go:\d+ with no lock in common`
		}
	}()
	go func() { close(o.readerDone) }()
}

func (o *otherBad) Close() int {
	<-o.readerDone
	return len(o.seen)
}

// An errgroup in a field.
type errsOk struct {
	g    errgroup.Group
	seen map[string]int
}

func (e *errsOk) Start(in chan string) {
	e.g.Go(func() error {
		for k := range in {
			e.seen[k]++
		}
		return nil
	})
}

func (e *errsOk) Close() (int, error) {
	err := e.g.Wait()
	return len(e.seen), err
}

type errsBad struct {
	g    errgroup.Group
	seen map[string]int
}

func (e *errsBad) Start(in chan string) {
	e.g.Go(func() error {
		for k := range in {
			e.seen[k]++ // want `map errsBad.seen is written here and measured at fields.go:\d+ with no lock in common`
		}
		return nil
	})
}

func (e *errsBad) Close() (int, error) { return len(e.seen), e.g.Wait() }

// A group behind a pointer that the goroutine gets as an argument.
type sharedOk struct {
	wg   *sync.WaitGroup
	seen map[string]int
}

func (s *sharedOk) Start(in chan string) {
	s.wg.Add(1)
	go s.run(s.wg, in)
}

func (s *sharedOk) run(wg *sync.WaitGroup, in chan string) {
	defer wg.Done()
	for k := range in {
		s.seen[k]++
	}
}

func (s *sharedOk) Close() int {
	s.wg.Wait()
	return len(s.seen)
}

// Waiting on another goroutine is not waiting.
func WaitElsewhereBad() int {
	var wg sync.WaitGroup
	m := map[string]int{}
	wg.Go(func() {
		m["a"] = 1 // want `map m is written here and measured at fields.go:\d+ with no lock in common`
	})
	go wg.Wait()
	return len(m)
}

// Close waits for the goroutine, and is called again by nobody: the map is the caller's after it.
type drainOk struct {
	wg   sync.WaitGroup
	mu   sync.Mutex
	seen map[string]int
}

func (d *drainOk) Start(in chan string) {
	for range 4 {
		d.wg.Add(1)
		go func() {
			defer d.wg.Done()
			for k := range in {
				d.mu.Lock()
				d.seen[k]++
				d.mu.Unlock()
			}
		}()
	}
}

func (d *drainOk) Close() int {
	d.wg.Wait()
	return len(d.seen)
}

type drainBad struct {
	wg   sync.WaitGroup
	mu   sync.Mutex
	seen map[string]int
}

func (d *drainBad) Start(in chan string) {
	for range 4 {
		d.wg.Add(1)
		go func() {
			defer d.wg.Done()
			for k := range in {
				d.mu.Lock()
				d.seen[k]++
				d.mu.Unlock()
			}
		}()
	}
}

func (d *drainBad) Close() int {
	n := len(d.seen) // want `map drainBad.seen is measured without drainBad.mu`
	d.wg.Wait()
	return n
}

// What came before the cancel comes before the end of the context, where nothing else can end it.
func CancelOk() int {
	ctx, cancel := context.WithCancel(context.Background())
	m := map[string]int{}
	go func() {
		m["a"] = 1
		cancel()
	}()
	<-ctx.Done()
	return len(m)
}

func CancelDeferredOk() int {
	ctx, cancel := context.WithCancel(context.Background())
	m := map[string]int{}
	go func() {
		defer cancel()
		m["a"] = 1
	}()
	<-ctx.Done()
	return len(m)
}

func CancelEarlyBad() int {
	ctx, cancel := context.WithCancel(context.Background())
	m := map[string]int{}
	go func() {
		cancel()
		m["a"] = 1 // want `map m is written here and measured at fields.go:\d+ with no lock in common`
	}()
	<-ctx.Done()
	return len(m)
}

// The first of two ends it.
func CancelTwoBad() int {
	ctx, cancel := context.WithCancel(context.Background())
	m, n := map[string]int{}, map[string]int{}
	go func() {
		defer cancel()
		m["a"] = 1 // want `map m is written here and measured at fields.go:\d+ with no lock in common`
	}()
	go func() {
		defer cancel()
		n["a"] = 1 // want `map n is written here and measured at fields.go:\d+ with no lock in common`
	}()
	<-ctx.Done()
	return len(m) + len(n)
}

// The first of several.
func CancelManyBad(in []string) int {
	ctx, cancel := context.WithCancel(context.Background())
	var mu sync.Mutex
	m := map[string]int{}
	for range in {
		go func() {
			defer cancel()
			mu.Lock()
			m["a"] = 1 // want `map m is written here and measured at fields.go:\d+ with no lock in common`
			mu.Unlock()
		}()
	}
	<-ctx.Done()
	return len(m)
}

// This goroutine ends it itself.
func CancelSelfBad(in chan string) int {
	ctx, cancel := context.WithCancel(context.Background())
	m := map[string]int{}
	go func() {
		defer cancel()
		for k := range in {
			m[k]++ // want `map m is written here and measured at fields.go:\d+ with no lock in common`
		}
	}()
	cancel()
	<-ctx.Done()
	return len(m)
}

// What comes after it does not.
func CancelBad(parent context.Context) int {
	ctx, cancel := context.WithCancel(parent)
	m := map[string]int{}
	go func() {
		cancel()
		m["a"] = 1 // want `map m is written here and measured at fields.go:\d+ with no lock in common`
	}()
	<-ctx.Done()
	return len(m)
}

// The one who cancels is not told that the other is over.
func CancelOtherBad(parent context.Context, in chan string) int {
	ctx, cancel := context.WithCancel(parent)
	m := map[string]int{}
	go func() {
		for {
			select {
			case k := <-in:
				m[k]++ // want `map m is written here and measured at fields.go:\d+ with no lock in common`
			case <-ctx.Done():
				return
			}
		}
	}()
	cancel()
	<-ctx.Done()
	return len(m)
}

type worker struct {
	ctx    context.Context
	cancel context.CancelFunc
	m      map[string]int
}

// The same in fields.
func FP_CancelKept() int {
	w := &worker{m: map[string]int{}}
	w.ctx, w.cancel = context.WithCancel(context.Background())
	go w.work()
	<-w.ctx.Done()
	return len(w.m)
}

func (w *worker) work() {
	defer w.cancel()
	w.m["a"] = 1 // want `map worker.m is written here and measured at fields.go:\d+ with no lock in common`
}

// The channel at which the goroutine begins is the one by which it says that it is over.
func FP_Ask() int {
	c := make(chan bool)
	m := map[string]int{}
	go func() {
		<-c
		m["a"] = 1 // want `map m is written here and written at fields.go:\d+ with no lock in common`
		c <- true
	}()
	m["b"] = 1
	c <- true
	<-c
	return len(m)
}
