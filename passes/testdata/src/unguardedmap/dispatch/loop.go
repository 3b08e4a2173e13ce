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
