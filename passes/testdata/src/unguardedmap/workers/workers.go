// Package workers has exported methods that a goroutine of the package itself runs.
package workers

type counter struct {
	names  chan string
	counts map[string]int
}

// NewCounterOk starts the worker. Nobody else runs it on the same counter, though it is exported.
func NewCounterOk() *Counter {
	c := &Counter{counter{make(chan string), map[string]int{}}}
	go c.Run()
	return c
}

// Counter counts.
type Counter struct{ counter }

// Run counts until told to stop.
func (c *Counter) Run() {
	for n := range c.names {
		c.count(n)
	}
}

func (c *Counter) count(n string) { c.counts[n]++ }

// Reader counts, and is asked meanwhile.
type Reader struct {
	names  chan string
	counts map[string]int
}

// NewReader starts the worker.
func NewReader() *Reader {
	r := &Reader{make(chan string), map[string]int{}}
	go r.Run()
	return r
}

// Run counts until told to stop.
func (r *Reader) Run() {
	for {
		select {
		case n, ok := <-r.names:
			if !ok {
				return
			}
			r.counts[n]++ // want `map Reader.counts is written here and read at`
		}
	}
}

// Bad is another method.
func (r *Reader) Bad(n string) int { return r.counts[n] }

// Adder has a method that is over soon.
type Adder struct{ counts map[string]int }

// NewAdder adds in the background.
func NewAdder(n string) *Adder {
	a := &Adder{map[string]int{}}
	go a.Bad(n)
	return a
}

// Bad adds one.
func (a *Adder) Bad(n string) {
	a.counts[n]++ // want `map Adder.counts is written here and`
}
