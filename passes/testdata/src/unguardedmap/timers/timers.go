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

// A session knows the timer that takes it out of the table again, which is told by another field.
type session struct {
	id    string
	alive *time.Timer
}

var (
	sessionsMu sync.Mutex
	sessions   = map[string]*session{}
)

func OpenOk(id string) {
	s := &session{id: id}
	s.alive = time.AfterFunc(time.Second, func() {
		sessionsMu.Lock()
		defer sessionsMu.Unlock()
		delete(sessions, s.id)
	})
	sessionsMu.Lock()
	defer sessionsMu.Unlock()
	sessions[s.id] = s
}

func OpenBad(id string) {
	s := &session{}
	s.alive = time.AfterFunc(time.Second, func() {
		sessionsMu.Lock()
		defer sessionsMu.Unlock()
		delete(sessions, s.id)
	})
	s.id = id // want `the operand s.id of a map operation is set here and used as an operand at`
	sessionsMu.Lock()
	defer sessionsMu.Unlock()
	sessions[id] = s
}

// What is copied whole has the field, too.
func LogBad(id string) {
	logged := map[session]bool{}
	var s session
	time.AfterFunc(time.Second, func() { logged[s] = true })
	s.id = id // want `the operand s.id of a map operation is set here and used as an operand at`
}
