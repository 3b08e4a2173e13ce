package instances

import "sync"

// A server makes an object for each connection, puts it where others can find it, and works on it.
type host struct {
	mu    sync.Mutex
	lines map[int]*line
}

type line struct {
	tags map[string]int
	opts map[string]int
}

func (h *host) ServeOk(ids <-chan int) {
	for id := range ids {
		go h.handle(id)
	}
}

func (h *host) handle(id int) {
	l := &line{tags: map[string]int{}}
	h.mu.Lock()
	h.lines[id] = l
	h.mu.Unlock()
	l.tags["a"]++
}

// Another function that goroutines run makes them by a helper, and has a method work on them.
func (h *host) AcceptOk(ids <-chan int) {
	for id := range ids {
		go func() {
			if l, err := h.open(id); err == nil {
				l.begin()
			}
		}()
	}
}

func (h *host) open(id int) (*line, error) {
	l := &line{tags: map[string]int{}}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.lines[id] = l
	return l, nil
}

func (l *line) begin() {
	l.opts = map[string]int{}
	l.opts["a"]++
	l.tags["b"]++
}

// A table of objects that are made where there is none yet: two may get one.
type pool struct {
	mu    sync.Mutex
	lanes map[int]*lane
}

type lane struct{ tags map[string]int }

func (p *pool) Serve(ids <-chan int) {
	for id := range ids {
		go p.handle(id)
	}
}

func (p *pool) handle(id int) {
	p.mu.Lock()
	l, ok := p.lanes[id]
	if !ok {
		l = &lane{tags: map[string]int{}}
		p.lanes[id] = l
	}
	p.mu.Unlock()
	l.tags["a"]++ // want `map lane.tags is written here by several goroutines at once`
}

// The same by a helper.
type bank struct {
	mu    sync.Mutex
	rooms map[int]*room
}

type room struct{ tags map[string]int }

func (b *bank) Serve(ids <-chan int) {
	for id := range ids {
		go b.handle(id)
	}
}

func (b *bank) handle(id int) {
	b.room(id).tags["a"]++ // want `map room.tags is written here by several goroutines at once`
}

func (b *bank) room(id int) *room {
	b.mu.Lock()
	defer b.mu.Unlock()
	if r, ok := b.rooms[id]; ok {
		return r
	}
	r := &room{tags: map[string]int{}}
	b.rooms[id] = r
	return r
}

// Others go over the table.
type desk struct {
	mu    sync.Mutex
	calls map[int]*call
}

type call struct{ tags map[string]int }

func (d *desk) ServeBad(ids <-chan int) {
	for id := range ids {
		go func() {
			c := &call{tags: map[string]int{}}
			d.mu.Lock()
			d.calls[id] = c
			d.mu.Unlock()
			c.tags["a"]++ // want `map call.tags is written here and measured at`
		}()
	}
}

func (d *desk) Count() (n int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, c := range d.calls {
		n += len(c.tags)
	}
	return n
}

// Who has put it there goes over the table itself, while the goroutine that it has started works on the object.
type yard struct {
	mu    sync.Mutex
	carts map[int]*cart
}

type cart struct{ tags map[string]int }

func (y *yard) FillBad() (n int) {
	for i := range 3 {
		c := &cart{tags: map[string]int{}}
		y.mu.Lock()
		y.carts[i] = c
		y.mu.Unlock()
		go func() {
			c.tags["a"] = 1 // want `map cart.tags is written here and measured at`
		}()
	}
	y.mu.Lock()
	defer y.mu.Unlock()
	for _, c := range y.carts {
		n += len(c.tags)
	}
	return n
}
