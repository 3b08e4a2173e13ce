// Package lib has helpers, stores and constructors whose concurrency shows only in their importers.
package lib

import "sync"

// Async runs f on its own goroutine.
func Async(f func()) { go f() }

// Inline runs f at once.
func Inline(f func()) { f() }

// Deep runs f on a goroutine two calls down.
func Deep(f func()) { Async(func() { f() }) }

// Store is a plain map with methods, for one goroutine at a time.
type Store struct{ m map[string]int }

func NewStore() *Store { return &Store{m: map[string]int{}} }

func (s *Store) Set(k string, v int) { s.m[k] = v }

func (s *Store) Get(k string) int { return s.m[k] }

// Locked is a store that locks for itself.
type Locked struct {
	mu sync.Mutex
	m  map[string]int
}

func NewLocked() *Locked { return &Locked{m: map[string]int{}} }

func (s *Locked) Set(k string, v int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.m[k] = v
}

// Poller counts ticks on a goroutine that its constructor starts.
type Poller struct{ Hits map[string]int }

func NewPoller(tick chan string) *Poller {
	p := &Poller{Hits: map[string]int{}}
	go p.loop(tick)
	return p
}

func (p *Poller) loop(tick chan string) {
	for k := range tick {
		p.Hits[k] = 1
	}
}

// Janitor empties the map of its caller in the background, at each tick.
type Janitor struct{ runs int }

func NewJanitor(m map[string]int, tick chan struct{}) *Janitor {
	j := &Janitor{}
	go func() {
		for range tick {
			clear(m)
			j.runs++
		}
	}()
	return j
}

// Fill writes into the map of its caller and is done with it on return.
func Fill(m map[string]int) { m["filled"] = 1 }

// Radar finds its hosts anew at each scan.
type Radar struct{ hosts map[string]int }

// Scan puts a new map in the place of the last.
func (r *Radar) Scan(hosts ...string) {
	found := map[string]int{}
	for i, h := range hosts {
		found[h] = i
	}
	r.hosts = found
}

// Note writes in place.
func (r *Radar) Note(host string) { r.hosts[host]++ }

// Sweep has a goroutine of its own write in place, and waits for it.
func (r *Radar) Sweep(host string) { r.sweep(host) }

func (r *Radar) sweep(host string) {
	done := make(chan struct{})
	go r.fill(host, done)
	<-done
}

func (r *Radar) fill(host string, done chan struct{}) {
	defer close(done)
	r.hosts[host] = 0
}

// Mark writes in place, further down.
func (r *Radar) Mark(host string) { r.mark(host) }

func (r *Radar) mark(host string) { r.hosts[host] = 1 }
