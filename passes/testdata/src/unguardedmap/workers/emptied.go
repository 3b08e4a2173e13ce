package workers

import "time"

// A worker that goes over a map and puts an empty one in its place, started by whoever wants it: others fill the map while it runs.

// Meter counts.
type Meter struct {
	counts map[string]int
	done   chan struct{}
}

func (m *Meter) Start() {
	tick := time.NewTicker(time.Second)
	go func() {
		for {
			select {
			case <-tick.C:
				m.flush()
			case <-m.done:
				return
			}
		}
	}()
}

func (m *Meter) flush() {
	for k, n := range m.counts {
		println(k, n)
	}
	m.counts = map[string]int{}
}

func (m *Meter) IncBad(k string) {
	m.counts[k]++ // want `map Meter.counts is written here and iterated at emptied.go:\d+ with no lock in common`
}

// Board is filled before it is started, as far as is known.
type Board struct {
	jobs map[string]func()
	done chan struct{}
}

func (b *Board) AddOk(name string, job func()) { b.jobs[name] = job }

func (b *Board) Start() {
	go func() {
		for {
			select {
			case <-time.After(time.Second):
				for _, job := range b.jobs {
					job()
				}
			case <-b.done:
				return
			}
		}
	}()
}
