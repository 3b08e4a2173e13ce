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
