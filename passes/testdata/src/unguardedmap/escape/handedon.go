package escape

import (
	"maps"
	"sync"
)

// report is what a worker has found so far.
type report struct {
	missing map[int]int
	done    int
}

type digger struct {
	mu  sync.Mutex
	now report
}

func (d *digger) dig(k int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.now.missing[k]++
	d.now.done = k
}

// A copy of the report, but not of the map in it. Nobody calls it by its name.
func (d *digger) statusBad() report {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.now // want `map report.missing itself is returned, to be used by the caller after digger.mu is released`
}

func (d *digger) statusOk() report {
	d.mu.Lock()
	defer d.mu.Unlock()
	now := d.now
	now.missing = maps.Clone(d.now.missing)
	return now
}

// site asks its diggers how far they are, by functions that it keeps.
type site struct {
	mu   sync.Mutex
	asks []func() report
}

func (s *site) Hire(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for range n {
		d := &digger{now: report{missing: map[int]int{}}}
		s.asks = append(s.asks, d.statusBad, d.statusOk)
		go d.dig(n)
	}
}

func (s *site) Missing() (n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, ask := range s.asks {
		n += len(ask().missing)
	}
	return n
}
