package runners

// flusher calls what it was given on a goroutine of its own.
type flusher struct {
	flush func()
	stop  func()
	done  chan struct{}
}

func newFlusher(flush, stop func()) *flusher {
	f := &flusher{flush, stop, make(chan struct{})}
	go f.run()
	return f
}

func (f *flusher) run() {
	for {
		select {
		case <-f.done:
			f.stop()
			return
		default:
			f.flush()
		}
	}
}

// outputOk gives it two functions: the goroutine that calls the one calls the other.
type outputOk struct {
	seen map[string]int
	f    *flusher
}

func (o *outputOk) Start() { o.f = newFlusher(o.flush, o.stop) }
func (o *outputOk) flush() { o.seen["flush"]++ }
func (o *outputOk) stop()  { delete(o.seen, "flush") }

// outputBad is asked to flush by others, too.
type outputBad struct {
	seen map[string]int
	f    *flusher
}

func (o *outputBad) Start() { o.f = newFlusher(o.flush, o.flush) }
func (o *outputBad) Flush() { o.flush() }
func (o *outputBad) flush() { o.seen["flush"]++ } // want `map outputBad.seen is written here and read at`

// twice has its function called on two goroutines.
type twice struct{ call func() }

func newTwice(call func()) *twice {
	t := &twice{call}
	go t.run()
	go t.run()
	return t
}

func (t *twice) run() { t.call() }

type countBad struct{ n map[string]int }

func (c *countBad) Start() { newTwice(c.add) }
func (c *countBad) add()   { c.n["add"]++ } // want `map countBad.n is written here`
