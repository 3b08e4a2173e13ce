package reconnect

import "time"

// sampler is a part of what only the function at hand has; its goroutine has the part alone.
type sampler struct{ seen map[string]int }

func newSampler() *sampler { return &sampler{seen: map[string]int{}} }

func (s *sampler) loop() {
	for range time.Tick(time.Second) {
		s.seen["n"]++ // want `map sampler.seen is written here and iterated at parts.go:\d+ with no lock in common: the goroutine sampler.loop starts at parts.go:\d+`
	}
}

type single struct{ of *sampler }

func (s *single) start() {
	s.of = newSampler()
	go s.of.loop()
}

func (s *single) report() {
	for k := range s.of.seen {
		println(k)
	}
}

func sample() {
	s := &single{}
	s.start()
	s.report()
}

// FN: the same for what is a part by two fields, for an element, and for what a constructor returns. None of it is told of where nobody else gets the whole.
type probe struct{ seen map[string]int }

func newProbe() *probe { return &probe{seen: map[string]int{}} }

func (p *probe) loop() {
	for range time.Tick(time.Second) {
		p.seen["n"]++
	}
}

type inner struct{ of *probe }

type outer struct {
	in    *inner
	all   map[string]*probe
	first *probe
}

func (o *outer) startInner() {
	o.in = &inner{newProbe()}
	go o.in.of.loop()
}

func (o *outer) startElement(name string) {
	p := newProbe()
	o.all[name] = p
	go p.loop()
}

func newOuter() *outer {
	p := newProbe()
	go p.loop()
	return &outer{all: map[string]*probe{}, first: p}
}

func (o *outer) FN_Deep() {
	for k := range o.in.of.seen {
		println(k)
	}
}

func (o *outer) FN_Each() {
	for _, p := range o.all {
		for k := range p.seen {
			println(k)
		}
	}
}

func (o *outer) FN_First() {
	for k := range o.first.seen {
		println(k)
	}
}

func probeAll() {
	a, b, c := &outer{}, &outer{all: map[string]*probe{}}, newOuter()
	a.startInner()
	a.FN_Deep()
	b.startElement("b")
	b.FN_Each()
	c.FN_First()
}

var (
	_ = sample
	_ = probeAll
)
