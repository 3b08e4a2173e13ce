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

// pit asks on a goroutine of its own.
type loader struct {
	mu  sync.Mutex
	now haul
}

type haul struct {
	missing map[int]int
	done    int
}

func (d *loader) load(k int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.now.missing[k]++
}

func (d *loader) statusBad() haul {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.now // want `map haul.missing itself is returned, to be used by the caller after loader.mu is released`
}

func (d *loader) statusOk() haul {
	d.mu.Lock()
	defer d.mu.Unlock()
	now := d.now
	now.missing = maps.Clone(d.now.missing)
	return now
}

type pit struct {
	asks  map[int]func() haul
	hires chan int
}

func NewPit() *pit {
	p := &pit{asks: map[int]func() haul{}, hires: make(chan int)}
	go p.run()
	return p
}

func (p *pit) run() {
	for n := range p.hires {
		p.hire(n)
		for _, ask := range p.asks {
			for range ask().missing {
			}
		}
	}
}

func (p *pit) hire(n int) {
	d := &loader{now: haul{missing: map[int]int{}}}
	p.keep(n, d.statusBad)
	p.keep(-n, d.statusOk)
	go d.load(n)
}

func (p *pit) keep(n int, ask func() haul) { p.asks[n] = ask }
