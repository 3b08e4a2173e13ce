package most

import "sync"

// poll: who takes the map out unsets a flag, without which nobody writes; who sets it puts another map in place.
type poll struct {
	mu  sync.Mutex
	on  bool
	rtt map[string]int
}

func (p *poll) Got(k string, v int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.on {
		p.rtt[k] = v
	}
}

func (p *poll) Ask() {
	p.mu.Lock()
	p.on = true
	p.rtt = make(map[string]int)
	p.mu.Unlock()
}

func (p *poll) FP_Sum() (n int) {
	p.mu.Lock()
	p.on = false
	rtt := p.rtt
	p.mu.Unlock()
	for _, v := range rtt { // want `map poll.rtt is iterated`
		n += v
	}
	return n
}
