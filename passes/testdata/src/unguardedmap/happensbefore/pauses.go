package happensbefore

import "sync"

// agent has its map to itself, and waits while others look.
type agent struct {
	jobs chan string
	asks chan *sync.WaitGroup
	quit chan bool
	m    map[string]int
}

func NewAgent() *agent {
	a := &agent{jobs: make(chan string), asks: make(chan *sync.WaitGroup), quit: make(chan bool), m: map[string]int{}}
	go a.run()
	return a
}

func (a *agent) run() {
	for {
		select {
		case j := <-a.jobs:
			a.add(j)
		case wg := <-a.asks:
			wg.Wait()
		case <-a.quit:
			return
		}
	}
}

func (a *agent) add(j string) { a.m[j]++ }

func (a *agent) CountOk() int {
	var wg sync.WaitGroup
	wg.Add(1)
	defer wg.Done()
	select {
	case a.asks <- &wg:
	case <-a.quit:
		return 0
	}
	return len(a.m)
}

func (a *agent) SizeBad() int {
	return len(a.m) // want `map agent.m is measured without agent.asks`
}

// stopper is told by a channel to go on.
type stopper struct {
	jobs  chan string
	stops chan chan struct{}
	m     map[string]int
}

func NewStopper() *stopper {
	s := &stopper{jobs: make(chan string), stops: make(chan chan struct{}), m: map[string]int{}}
	go s.run()
	return s
}

func (s *stopper) run() {
	for {
		select {
		case j := <-s.jobs:
			s.m[j]++
		case done := <-s.stops:
			<-done
		}
	}
}

func (s *stopper) ResetOk() {
	done := make(chan struct{})
	s.stops <- done
	clear(s.m)
	close(done)
}

// It goes on before this one looks.
func (s *stopper) LateBad() int {
	done := make(chan struct{})
	s.stops <- done
	close(done)
	return len(s.m) // want `map stopper.m is measured without stopper.stops`
}

// passer hands what it gets on: it waits for nobody.
type passer struct {
	asks chan *sync.WaitGroup
	m    map[string]int
}

func NewPasser(other chan *sync.WaitGroup) *passer {
	p := &passer{asks: make(chan *sync.WaitGroup), m: map[string]int{}}
	go p.run(other)
	return p
}

func (p *passer) run(other chan *sync.WaitGroup) {
	for wg := range p.asks {
		other <- wg
		p.m["a"]++ // want `map passer.m is written here and measured`
	}
}

func (p *passer) CountBad() int {
	var wg sync.WaitGroup
	wg.Add(1)
	defer wg.Done()
	p.asks <- &wg
	return len(p.m)
}
