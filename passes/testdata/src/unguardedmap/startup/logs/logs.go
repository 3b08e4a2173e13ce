// Package logs writes lines on a goroutine of its own.
package logs

import "sync"

var (
	mu    sync.Mutex
	lines = map[string]int{}
)

// Log is a log that is being written.
type Log struct {
	in   chan string
	over chan struct{}

	owners chan any
}

// Open starts to write.
func Open() *Log {
	l := &Log{in: make(chan string), over: make(chan struct{}), owners: make(chan any, 1)}
	go l.write()
	return l
}

func (l *Log) write() {
	defer close(l.over)
	_ = <-l.owners
	for line := range l.in {
		mu.Lock()
		lines[line]++
		mu.Unlock()
	}
}

// Attach tells the goroutine whose log it is.
func (l *Log) Attach(owner any) { l.owners <- owner }

// Each starts a goroutine that calls f for ever.
func Each(f func()) {
	go func() {
		for {
			f()
		}
	}()
}
