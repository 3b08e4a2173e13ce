package runners

// Whoever hands a task to the loop waits for it to be done: the loop does one after another all the same.

type clientOk struct {
	tasks  chan func()
	topics map[string]int
	in     chan string
}

func newClientOk() *clientOk {
	c := &clientOk{tasks: make(chan func()), topics: map[string]int{}, in: make(chan string)}
	go c.run()
	go c.receive()
	return c
}

func (c *clientOk) run() {
	for task := range c.tasks {
		task()
	}
}

func (c *clientOk) receive() {
	for name := range c.in {
		c.event(name)
	}
}

func (c *clientOk) event(name string) int {
	var id int
	done := make(chan struct{})
	c.tasks <- func() {
		id = c.topics[name]
		close(done)
	}
	<-done
	return id
}

func (c *clientOk) Subscribe(name string, id int) {
	done := make(chan struct{})
	c.tasks <- func() {
		c.topics[name] = id
		done <- struct{}{}
	}
	<-done
}

func (c *clientOk) Unsubscribe(name string) {
	c.tasks <- func() { delete(c.topics, name) }
}

type clientBad struct {
	tasks  chan func()
	topics map[string]int
}

func newClientBad() *clientBad {
	c := &clientBad{tasks: make(chan func()), topics: map[string]int{}}
	go c.run()
	return c
}

func (c *clientBad) run() {
	for task := range c.tasks {
		task()
	}
}

func (c *clientBad) Subscribe(name string, id int) {
	done := make(chan struct{})
	c.tasks <- func() {
		c.topics[name] = id
		close(done)
	}
	<-done
}

// On the goroutine of whoever calls.
func (c *clientBad) ID(name string) int { return c.topics[name] } // want `map clientBad.topics is read outside the goroutine that runs what is sent on clientBad.tasks, where 1 of its 1 other accesses are`

// The goroutine has other things to do than tasks, and lets others do some of that for it when it is over.
type hubOk struct {
	tasks chan func()
	in    chan string
	stop  chan bool
	done  chan bool
	seen  map[string]int
}

func newHubOk() *hubOk {
	h := &hubOk{tasks: make(chan func(), 8), in: make(chan string), stop: make(chan bool), done: make(chan bool), seen: map[string]int{}}
	go h.run()
	return h
}

func (h *hubOk) run() {
	defer close(h.done)
	for {
		select {
		case task := <-h.tasks:
			task()
		case name := <-h.in:
			h.note(name)
		case <-h.stop:
			return
		}
	}
}

func (h *hubOk) note(name string) { h.seen[name]++ }

func (h *hubOk) Forget(name string) {
	select {
	case h.tasks <- func() { delete(h.seen, name) }:
	case <-h.done:
	}
}

func (h *hubOk) Count(name string) int {
	out := make(chan int)
	h.tasks <- func() { out <- h.seen[name] }
	return <-out
}

func (h *hubOk) Close() int {
	close(h.stop)
	<-h.done
	return len(h.seen)
}

// Two goroutines take tasks.
type pairBad struct {
	tasks chan func()
	seen  map[string]int
}

func newPairBad() *pairBad {
	p := &pairBad{tasks: make(chan func()), seen: map[string]int{}}
	for range 2 {
		go p.run()
	}
	return p
}

func (p *pairBad) run() {
	for task := range p.tasks {
		task()
	}
}

func (p *pairBad) Forget(name string) {
	p.tasks <- func() { delete(p.seen, name) } // want `map pairBad.seen is deleted from here by several goroutines at once`
}

// A task that nobody waits for, beside one that is run on the spot.
type eagerOk struct {
	tasks chan func()
	idle  bool
	seen  map[string]int
}

func newEagerOk() *eagerOk {
	e := &eagerOk{tasks: make(chan func()), seen: map[string]int{}}
	go e.run()
	return e
}

func (e *eagerOk) run() {
	for task := range e.tasks {
		task()
	}
}

// do is called by tasks, too.
func (e *eagerOk) do(inside bool, task func()) {
	if inside {
		task()
		return
	}
	e.tasks <- task
}

func (e *eagerOk) add(inside bool, name string) {
	e.do(inside, func() { e.seen[name]++ })
}

func (e *eagerOk) Add(name string) {
	e.do(false, func() { e.add(true, name) })
	e.add(false, name)
}

// Each of the rooms has a goroutine, which is started in a loop.
type roomOk struct {
	tasks chan func()
	seats map[string]int
}

type hotelOk struct{ rooms map[string]*roomOk }

func newRoomOk() *roomOk { return &roomOk{tasks: make(chan func()), seats: map[string]int{}} }

func newHotelOk(names []string) *hotelOk {
	h := &hotelOk{rooms: map[string]*roomOk{}}
	for _, name := range names {
		h.add(name)
	}
	return h
}

func (h *hotelOk) add(name string) {
	room := newRoomOk()
	h.rooms[name] = room
	go func() {
		room.run()
		println(name)
	}()
}

func (r *roomOk) run() {
	for task := range r.tasks {
		task()
	}
}

func (r *roomOk) Enter(name string) {
	done := make(chan bool)
	r.tasks <- func() {
		r.seats[name]++
		close(done)
	}
	<-done
}

// The goroutines that a loop starts work for one room.
type crowdBad struct {
	tasks chan func()
	seats map[string]int
}

func newCrowdBad() *crowdBad { return &crowdBad{tasks: make(chan func()), seats: map[string]int{}} }

func (c *crowdBad) run() {
	for task := range c.tasks {
		task()
	}
}

func StartBad(n int) *crowdBad {
	c := newCrowdBad()
	for range n {
		go func() { c.run() }()
	}
	return c
}

func (c *crowdBad) Enter(name string) {
	c.tasks <- func() { c.seats[name]++ } // want `map crowdBad.seats is written here by several goroutines at once`
}
