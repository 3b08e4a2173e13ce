package workers

// What others put in and take out again, while a worker that waits for messages looks into it.

type busBad struct {
	in     chan int
	events map[int]func()
}

func NewBusBad() *busBad {
	b := &busBad{in: make(chan int), events: map[int]func(){}}
	go b.loop()
	return b
}

func (b *busBad) On(id int, f func()) {
	b.events[id] = f // want `map busBad.events is written here and read at inuse.go:\d+ with no lock in common`
}

func (b *busBad) Off(id int) { delete(b.events, id) }

func (b *busBad) Push(id int) { b.in <- id }

func (b *busBad) loop() {
	for id := range b.in {
		b.events[id]()
	}
}

type busOk struct {
	in     chan int
	events map[int]func()
}

func NewBusOk() *busOk {
	b := &busOk{in: make(chan int), events: map[int]func(){}}
	go b.loop()
	return b
}

// What is only put in may be put in before the first message.
func (b *busOk) On(id int, f func()) { b.events[id] = f }

func (b *busOk) Push(id int) { b.in <- id }

func (b *busOk) loop() {
	for id := range b.in {
		b.events[id]()
	}
}

type deskOk struct {
	ask    chan int
	done   chan bool
	events map[int]func()
}

func NewDeskOk() *deskOk {
	d := &deskOk{ask: make(chan int), done: make(chan bool), events: map[int]func(){}}
	go d.loop()
	return d
}

// Who has asked waits for the worker, which does nothing until it is asked again.
func (d *deskOk) Ask(id int) {
	d.ask <- id
	<-d.done
}

func (d *deskOk) Set(id int, f func()) {
	d.Ask(id)
	d.events[id] = f
}

func (d *deskOk) Drop(id int) {
	d.Ask(id)
	delete(d.events, id)
}

func (d *deskOk) loop() {
	for id := range d.ask {
		if f := d.events[id]; f != nil {
			f()
		}
		d.done <- true
	}
}

type wireBad struct {
	msgs   <-chan int
	answer chan int
	events map[int]func()
}

func NewWireBad(msgs <-chan int) *wireBad {
	w := &wireBad{msgs: msgs, answer: make(chan int), events: map[int]func(){}}
	go w.receive()
	return w
}

func (w *wireBad) receive() {
	for m := range w.msgs {
		if f, ok := w.events[m]; ok {
			go f()
		} else {
			w.answer <- m
		}
	}
}

// The answer that this waits for is one of many messages.
func (w *wireBad) Subscribe(f func()) {
	id := <-w.answer
	w.events[id] = f // want `map wireBad.events is written here and read at inuse.go:\d+ with no lock in common`
}

func (w *wireBad) Unsubscribe(id int) {
	<-w.answer
	delete(w.events, id)
}
