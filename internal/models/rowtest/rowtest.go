// Package rowtest holds rows of the table against what the libraries do: how often a function runs because of one call, on whose goroutine, beside what, and
// what waits for it. A row that says something else than a run shows is an error in the row.
//
// A run can't show that something never happens. That two calls of a function never overlap is taken from calls that are made to overlap if they can.
package rowtest

import (
	"bytes"
	"net"
	"runtime"
	"sync"
	"testing"
	"time"

	"github.com/mapguard/mapguard/internal/models"
)

// Case drives the function of a row.
type Case struct {
	Row string // its name in the table
	// Start makes a new thing and returns what uses it. It is called once for each thing that is tried.
	Start func(t *testing.T, f func()) Run
}

// Run is one use of a row.
type Run struct {
	// Call calls what the row is about, and then does what is needed to have f run: nothing where it spawns, send requests where it registers a handler. Where
	// the row says many or serial it sees to it that f is due several times at once.
	Call func()
	// Wait waits for what was started; nil where the row has no key.
	Wait func()
	// Stop gives back what Call has used; it may be nil.
	Stop func()
}

const (
	soon = 50 * time.Millisecond // long enough for what would happen at once
	late = 10 * time.Second      // for what has to happen, on a slow machine
)

// Check runs a case and compares what it sees with the row.
func Check(t *testing.T, c Case) {
	t.Helper()
	e, ok := effect(c.Row)
	if !ok {
		t.Fatalf("%s has no row that starts or calls something", c.Row)
	}
	p := &probe{open: make(chan struct{}), caller: goroutine()}
	switch {
	case e.Kind == models.Call:
		p.checkCall(t, c, e)
	case e.Kind == models.Spawn && e.Joined:
		p.checkJoined(t, c, e)
	default:
		p.checkStarted(t, c, e)
	}
}

// effect returns what the row of that name starts or calls.
func effect(name string) (models.Effect, bool) {
	for _, row := range models.Builtin().Rows() {
		if row.Name != name {
			continue
		}
		for _, e := range row.Effects() {
			switch e.Kind {
			case models.Spawn, models.Register, models.Methods, models.Called, models.Call:
				return e, true
			}
		}
	}
	return models.Effect{}, false
}

// probe sees how a function is called.
type probe struct {
	mu      sync.Mutex
	running int
	most    int // that ran at once
	calls   int
	caller  string // the goroutine of the test
	own     int    // calls on that
	crowd   bool   // each call waits for another one, if it can
	hold    bool   // each call waits until open is closed
	open    chan struct{}
}

func (p *probe) run() {
	p.mu.Lock()
	p.running++
	p.calls++
	p.most = max(p.most, p.running)
	if goroutine() == p.caller {
		p.own++
	}
	p.mu.Unlock()
	switch {
	case p.hold:
		<-p.open
	case p.crowd:
		until(late, func() bool { return p.atOnce() > 1 })
	default:
		time.Sleep(soon)
	}
	p.mu.Lock()
	p.running--
	p.mu.Unlock()
}

func (p *probe) atOnce() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.most
}

func (p *probe) seen() (calls, running int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.calls, p.running
}

func (p *probe) checkCall(t *testing.T, c Case, e models.Effect) {
	r := p.start(t, c)
	r.Call()
	switch calls, running := p.seen(); {
	case calls == 0 || running > 0:
		t.Errorf("%s: the row says that the function has run when the call returns: %d calls, of which %d go on", c.Row, calls, running)
	case p.own != calls:
		t.Errorf("%s: the row says that it runs on the caller's goroutine: so did %d of %d", c.Row, p.own, calls)
	case e.Times == models.Serial && calls < 2:
		t.Errorf("%s: the row says that it runs again and again, and it ran once", c.Row)
	}
}

func (p *probe) checkJoined(t *testing.T, c Case, e models.Effect) {
	p.crowd = e.Times == models.Many
	r := p.start(t, c)
	r.Call()
	switch calls, running := p.seen(); {
	case calls == 0 || running > 0:
		t.Errorf("%s: the row says that what was started is over when the call returns: %d calls, of which %d go on", c.Row, calls, running)
	case p.own > 0:
		t.Errorf("%s: the row says that it runs on other goroutines: %d of %d did not", c.Row, p.own, calls)
	case e.Times == models.Many && p.most < 2:
		t.Errorf("%s: the row says many, and no two ran at once", c.Row)
	}
}

// checkStarted is for what goes on when the call has returned.
func (p *probe) checkStarted(t *testing.T, c Case, e models.Effect) {
	p.crowd, p.hold = e.Times == models.Many, e.Times == models.AtMostOnce
	r := p.start(t, c)
	if (e.Key != models.NoKey) != (r.Wait != nil) {
		t.Fatalf("%s: the row and the case don't agree on whether one can wait", c.Row)
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		p.calledBy(goroutine()) // one of its own: a call that waits is an error, and no hang
		r.Call()
	}()
	if !until(late, func() bool { return p.enough(e.Times) }) {
		t.Errorf("%s: the row says %s, and that was not seen", c.Row, e.Times)
	}
	if e.Kind == models.Spawn {
		select {
		case <-done:
		case <-time.After(late):
			t.Errorf("%s: the row says that it doesn't wait, and it does", c.Row)
		}
	}
	p.checkWait(t, c, r)
	p.release()
	time.Sleep(soon)
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.own > 0 {
		t.Errorf("%s: the row says that it runs on other goroutines: %d of %d did not", c.Row, p.own, p.calls)
	}
	if once := e.Times == models.AtMostOnce; once && p.calls > 1 {
		t.Errorf("%s: the row says once: there were %d calls", c.Row, p.calls)
	}
	if alone := e.Times == models.Serial || e.Times == models.Single; alone && p.most > 1 {
		t.Errorf("%s: the row says %s: %d ran at once", c.Row, e.Times, p.most)
	}
}

func (p *probe) calledBy(goroutine string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.caller = goroutine
}

// checkWait checks that Wait waits for what runs.
func (p *probe) checkWait(t *testing.T, c Case, r Run) {
	if r.Wait == nil {
		return
	}
	over := make(chan struct{})
	go func() {
		defer close(over)
		r.Wait()
	}()
	select {
	case <-over:
		if _, running := p.seen(); running > 0 {
			t.Errorf("%s: the row says that one can wait for it, and %d go on", c.Row, running)
		}
	case <-time.After(soon):
	}
	p.release()
	<-over
	if _, running := p.seen(); running > 0 {
		t.Errorf("%s: the row says that one can wait for it, and %d go on", c.Row, running)
	}
}

// release lets the calls that are held go on.
func (p *probe) release() {
	p.mu.Lock()
	defer p.mu.Unlock()
	select {
	case <-p.open:
	default:
		close(p.open)
	}
}

// enough reports whether what the row says to happen has been seen.
func (p *probe) enough(times models.Times) bool {
	calls, _ := p.seen()
	switch times {
	case models.Many:
		return p.atOnce() > 1
	case models.Serial, models.Single:
		return calls > 1
	}
	return calls > 0
}

// start makes the thing that is tried, and has it given back when the test is over.
func (p *probe) start(t *testing.T, c Case) Run {
	r := c.Start(t, p.run)
	if r.Stop != nil {
		t.Cleanup(r.Stop)
	}
	return r
}

// Twice runs f on two goroutines, and waits for neither.
func Twice(f func()) {
	for range 2 {
		go f()
	}
}

// Listen returns a listener on a port of this machine, which is closed with the test.
func Listen(t *testing.T) net.Listener {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	return l
}

// until waits until cond holds, and reports whether it came to that.
func until(limit time.Duration, cond func() bool) bool {
	for end := time.Now().Add(limit); time.Now().Before(end); time.Sleep(time.Millisecond) {
		if cond() {
			return true
		}
	}
	return cond()
}

// goroutine returns the number of the goroutine that calls it, as a stack trace has it.
func goroutine() string {
	buf := make([]byte, 64)
	return string(bytes.Fields(buf[:runtime.Stack(buf, false)])[1])
}
