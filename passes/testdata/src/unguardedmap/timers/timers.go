// Package timers has timers that a later call of the method which set them meets.
package timers

import (
	"sync"
	"time"
)

// The variable only says that one is pending: nothing stops it.
type retrier struct {
	mu      sync.Mutex
	timer   *time.Timer
	pending map[int]string
}

func (r *retrier) SendBad(id int, text string) {
	r.pending[id] = text // want `map retrier.pending is written here and iterated at .* with no lock in common: the timer retrier.retry`
	r.schedule()
}

func (r *retrier) schedule() {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.timer == nil {
		r.timer = time.AfterFunc(time.Second, r.retry)
	}
}

func (r *retrier) retry() {
	r.mu.Lock()
	r.timer = nil
	r.mu.Unlock()
	for id, text := range r.pending {
		println(id, text)
	}
}

// Stopped before the map is touched again. (Whether it was in time is for the race detector.)
type stopper struct {
	timer   *time.Timer
	pending map[int]string
}

func (s *stopper) SendOk(id int, text string) {
	if s.timer != nil {
		s.timer.Stop()
	}
	s.pending[id] = text
	s.timer = time.AfterFunc(time.Second, s.flush)
}

func (s *stopper) flush() { clear(s.pending) }
