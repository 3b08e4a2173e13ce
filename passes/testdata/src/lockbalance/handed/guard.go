package handed

import (
	"io"
	"sync"
)

// reader has the stream locked until it is closed.
type reader struct {
	s *stream
	m sync.Locker
}

func (r *reader) Close() error {
	r.m.Unlock()
	return nil
}

type stream struct {
	in    sync.Locker
	ended bool
	seen  map[string]int
}

func (s *stream) open() io.Closer {
	s.in.Lock()
	return &reader{s: s, m: s.in}
}

func (s *stream) one() bool {
	r := s.open()
	defer r.Close()
	s.seen["a"]++
	return s.ended
}

// What open returns gives the lock up, turn by turn.
func (s *stream) ServeOk() {
	for !s.one() {
	}
	s.in.Lock()
	s.seen["b"]++
	s.in.Unlock()
}

// enter hands out nothing that could give the lock up.
func (s *stream) enter() *stream {
	s.in.Lock()
	return s
}

func (s *stream) leave() { s.in.Unlock() }

func (s *stream) TwiceBad() {
	s.enter()
	s.seen["a"]++
	s.in.Lock() // want `stream.in is locked while it is held since line \d+: this waits for itself`
	s.seen["b"]++
	s.leave()
}
