package callbacks

import (
	"sync"
	"time"
)

// Station calls its callback with itself under one lock, and guards its rows by another. That the callback may call any method under the first says nothing of the second.
type Station struct {
	joining sync.Mutex
	turn    sync.Mutex
	mu      sync.Mutex
	rows    map[string]int
	timer   *time.Timer
	onJoin  func(*Station)
}

func NewStation(onJoin func(*Station)) *Station {
	s := &Station{rows: map[string]int{}, onJoin: onJoin}
	s.timer = time.AfterFunc(time.Second, s.tickBad)
	return s
}

func (s *Station) Join() {
	s.joining.Lock()
	defer s.joining.Unlock()
	s.onJoin(s)
}

func (s *Station) Add(name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.rows[name]++
}

func (s *Station) Row(name string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.row(name)
}

// row wants s.mu.
func (s *Station) row(name string) int {
	return s.rows[name]
}

func (s *Station) tickBad() {
	if s.rows["first"] > 0 { // want `map Station.rows is read without Station.mu`
		s.turnedBad()
	}
}

func (s *Station) turnedBad() int {
	s.turn.Lock()
	defer s.turn.Unlock()
	return s.row("second") // want `map Station.rows is read without Station.mu`
}

// Depot is the same with a timer that takes the lock, and a second map that the callback's lock guards: what reads that bare is there for the callback.
type Depot struct {
	joining sync.Mutex
	turn    sync.Mutex
	mu      sync.Mutex
	rows    map[string]int
	joined  map[string]bool
	timer   *time.Timer
	onJoin  func(*Depot)
}

func NewDepot(onJoin func(*Depot)) *Depot {
	d := &Depot{rows: map[string]int{}, joined: map[string]bool{}, onJoin: onJoin}
	d.timer = time.AfterFunc(time.Second, d.tickOk)
	return d
}

func (d *Depot) Join(name string) {
	d.joining.Lock()
	defer d.joining.Unlock()
	d.joined[name] = true
	d.onJoin(d)
}

func (d *Depot) HasOk(name string) bool { return d.joined[name] } // by the callback, under d.joining

func (d *Depot) Add(name string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.rows[name]++
}

func (d *Depot) tickOk() {
	d.turn.Lock()
	defer d.turn.Unlock()
	d.mu.Lock()
	n := d.rows["first"]
	d.mu.Unlock()
	if n > 0 {
		d.leave("first")
	}
}

func (d *Depot) leave(name string) {
	d.joining.Lock()
	defer d.joining.Unlock()
	delete(d.joined, name)
}
