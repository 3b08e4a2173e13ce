package front

import (
	"fmt"
	"io"
	"os"
	"sync"
	"time"

	"golang.org/x/term"
)

// console is standard error with a line of progress that makes room for whatever else is printed. There is progress only on a terminal, and only in runs
// longer than two seconds.
type console struct {
	w     io.Writer
	start time.Time
	end   chan struct{}
	ended sync.WaitGroup
	once  sync.Once

	mu    sync.Mutex
	shown bool // guarded by mu; the progress is on the screen
	done  int  // guarded by mu; packages
}

func newConsole(w io.Writer) *console {
	c := &console{w: w, start: time.Now(), end: make(chan struct{})}
	if f, ok := w.(*os.File); ok && term.IsTerminal(int(f.Fd())) && os.Getenv("TERM") != "dumb" {
		c.ended.Go(c.tick)
	}
	return c
}

func (c *console) tick() {
	select {
	case <-c.end:
		return
	case <-time.After(2 * time.Second):
	}
	every := time.NewTicker(time.Second)
	defer every.Stop()
	for {
		c.mu.Lock()
		fmt.Fprintf(c.w, "\r\x1b[Kmapguard: analysing, %s done after %d s", count(c.done, "package"), int(time.Since(c.start).Seconds()))
		c.shown = true
		c.mu.Unlock()
		select {
		case <-c.end:
			return
		case <-every.C:
		}
	}
}

// progress tells how many packages are done.
func (c *console) progress(done int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.done = done
}

func (c *console) Write(p []byte) (int, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.clear()
	return c.w.Write(p)
}

// clear takes the progress off the screen. c.mu must be held.
func (c *console) clear() {
	if c.shown {
		fmt.Fprint(c.w, "\r\x1b[K")
		c.shown = false
	}
}

// stop ends the progress.
func (c *console) stop() {
	c.once.Do(func() { close(c.end) })
	c.ended.Wait()
	c.mu.Lock()
	defer c.mu.Unlock()
	c.clear()
}
