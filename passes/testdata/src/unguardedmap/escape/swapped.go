package escape

import "sync"

type tray struct {
	sync.Mutex
	m map[string]int
}

// Rack has trays that are emptied in turn.
type Rack struct{ trays []tray }

func (r *Rack) Put(k string) {
	t := &r.trays[len(k)%len(r.trays)]
	t.Lock()
	defer t.Unlock()
	if t.m == nil {
		t.m = map[string]int{}
	}
	t.m[k]++
}

// An empty one is left alone.
func (r *Rack) FlushOk() (n int) {
	for i := range r.trays {
		t := &r.trays[i]
		t.Lock()
		m := t.m
		if len(m) == 0 {
			t.Unlock()
			continue
		}
		t.m = nil
		t.Unlock()
		for range m {
			n++
		}
	}
	return n
}

// Sink is emptied if it is full.
type Sink struct {
	mu sync.Mutex
	m  map[string]int
}

func (s *Sink) Put(k string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.m[k]++
}

func (s *Sink) FlushBad() (n int) {
	s.mu.Lock()
	m := s.m
	if len(m) > 100 {
		s.m = map[string]int{}
	}
	s.mu.Unlock()
	for range m { // want `map Sink.m is iterated after Sink.mu, under which it was taken, is released`
		n++
	}
	return n
}

// Basin is emptied later than it is looked at.
type Basin struct {
	mu sync.Mutex
	m  map[string]int
}

func (s *Basin) Put(k string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.m[k]++
}

func (s *Basin) FlushBad() (n int) {
	s.mu.Lock()
	m := s.m
	if len(m) == 0 {
		s.mu.Unlock()
		return 0
	}
	s.mu.Unlock()
	for range m { // want `map Basin.m is iterated after Basin.mu, under which it was taken, is released`
		n++
	}
	s.mu.Lock()
	s.m = map[string]int{}
	s.mu.Unlock()
	return n
}

// gauges are swapped as a whole, in a struct that a constructor makes.
type gauges struct{ all, last map[string]int }

func newGauges() gauges { return gauges{all: map[string]int{}, last: map[string]int{}} }

type meters struct {
	mu  sync.Mutex
	now gauges
	old gauges
}

func (m *meters) Add(k string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.now.all[k]++
	m.now.last[k]++
}

// FlushOk has the old ones to itself.
func (m *meters) FlushOk() gauges {
	m.mu.Lock()
	was := m.now
	m.now = newGauges()
	m.mu.Unlock()
	return was
}

func (m *meters) lenOk() int {
	g := m.FlushOk()
	return len(g.all) + len(g.last)
}

func (m *meters) Total() int { return m.lenOk() }

type scales struct{ all, last map[string]int }

// dials are swapped for a struct that has one of the old maps.
type dials struct {
	mu  sync.Mutex
	now scales
}

func (d *dials) Add(k string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.now.all[k]++
	d.now.last[k]++
}

func (d *dials) next() scales { return scales{all: d.now.all, last: map[string]int{}} }

func (d *dials) FlushBad() scales {
	d.mu.Lock()
	was := d.now
	d.now = d.next()
	d.mu.Unlock()
	return was // want `map scales.all itself is returned, to be used by the caller after dials.mu is released` `map scales.last itself is returned`
}
