package leaks

import (
	"sync"
	"time"
)

type sampler struct {
	mu       sync.Mutex
	running  bool
	trackers []string
}

// A ticker's channel is never closed: the loop ends by the break alone.
func (s *sampler) RunOk() {
	ticker := time.NewTicker(time.Second)
	for range ticker.C {
		s.mu.Lock()
		if len(s.trackers) == 0 {
			break
		}
		s.trackers = s.trackers[1:]
		s.mu.Unlock()
	}
	s.running = false
	s.mu.Unlock()
}

// Any other channel may be.
func (s *sampler) RunBad(ticks chan time.Time) {
	for range ticks {
		s.mu.Lock()
		if len(s.trackers) == 0 {
			break
		}
		s.trackers = s.trackers[1:]
		s.mu.Unlock()
	}
	s.running = false
	s.mu.Unlock() // want `sampler.mu is released here, but is not held on every path to this place`
}
