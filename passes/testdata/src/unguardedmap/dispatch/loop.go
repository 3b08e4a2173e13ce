package dispatch

// Desk is worked on by its loop.
type Desk struct {
	leave chan string
	all   map[string]int
}

func (d *Desk) Start() {
	go func() {
		for name := range d.leave {
			d.LeaveOk(name)
		}
	}()
}

// LeaveOk is exported by habit: nothing but the loop calls it, here and elsewhere.
func (d *Desk) LeaveOk(name string) {
	d.dropOk(name)
}

// dropOk is called by the other alone.
func (d *Desk) dropOk(name string) { delete(d.all, name) }

// Bench has a worker that is exported, too.
type Bench struct {
	leave chan string
	all   map[string]int
}

func NewBench() *Bench {
	b := &Bench{leave: make(chan string), all: map[string]int{}}
	go b.Run()
	return b
}

func (b *Bench) Run() {
	for name := range b.leave {
		b.PutOk(name)
	}
}

func (b *Bench) PutOk(name string) { b.all[name]++ }

// Counter is worked on by its loop and by whoever calls.
type Counter struct {
	leave chan string
	all   map[string]int
}

func (s *Counter) Start() {
	go func() {
		for name := range s.leave {
			s.LeaveBad(name)
		}
	}()
}

func (s *Counter) LeaveBad(name string) {
	delete(s.all, name) // want `map Counter.all is deleted from here and deleted from at loop.go:\d+`
}

// Close is not the loop's.
func (s *Counter) Close() {
	for name := range s.all {
		s.LeaveBad(name)
	}
}

// Window is measured by whoever calls, beside its loop.
type Window struct {
	leave chan string
	all   map[string]int
}

func (s *Window) Start() {
	go func() {
		for name := range s.leave {
			s.LeaveBad(name)
		}
	}()
}

func (s *Window) LeaveBad(name string) {
	delete(s.all, name) // want `map Window.all is deleted from here and measured at loop.go:\d+`
}

func (s *Window) Len() int { return len(s.all) }

// Grove has two exported methods that call each other, which is not to be called by its loop.
type Grove struct {
	in  chan string
	all map[string]int
}

func NewGrove() *Grove {
	t := &Grove{in: make(chan string), all: map[string]int{}}
	go func() {
		for k := range t.in {
			t.all[k]++ // want `map Grove.all is written here and deleted from at loop.go:\d+`
		}
	}()
	return t
}

func (t *Grove) DropBad(k string) {
	delete(t.all, k)
	if len(k) > 1 {
		t.DropAll(k[1:])
	}
}

func (t *Grove) DropAll(k string) {
	if k != "" {
		t.DropBad(k)
	}
}

// Line has a loop that answers, and goes on: what it does after that is another part of it.
type Line struct {
	leave chan string
	ask   chan bool
	count chan int
	all   map[string]*order
}

type order struct{ state map[string]int }

func NewLine() *Line {
	l := &Line{leave: make(chan string), ask: make(chan bool), count: make(chan int), all: map[string]*order{}}
	go l.run()
	return l
}

func (l *Line) run() {
	for {
		select {
		case name := <-l.leave:
			l.AddOk(name)
		case <-l.ask:
			l.count <- len(l.all)
		}
	}
}

func (l *Line) Count() int {
	l.ask <- true
	return <-l.count
}

func (l *Line) AddOk(name string) {
	o := l.all[name]
	if o == nil {
		o = &order{state: map[string]int{}}
		l.all[name] = o
	}
	o.state[name]++
}
