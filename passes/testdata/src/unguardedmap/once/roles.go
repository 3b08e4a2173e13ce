package once

import "sync"

// Who finds a flag unset under the lock, and sets it there, has a role that one at a time plays, on his own goroutine or on one that he starts, until the flag is
// unset. Others who find it unset hold the lock meanwhile.
type scheduler struct {
	mu      sync.Mutex
	running bool
	jobs    map[string]int
	add     chan string
	stop    chan struct{}
}

func (s *scheduler) Add(job string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.running {
		s.add <- job
		return
	}
	s.jobs[job]++
}

func (s *scheduler) Start() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.running {
		return
	}
	s.running = true
	go s.run()
}

func (s *scheduler) Run() {
	s.mu.Lock()
	if s.running {
		s.mu.Unlock()
		return
	}
	s.running = true
	s.mu.Unlock()
	s.run()
}

func (s *scheduler) run() {
	for {
		select {
		case job := <-s.add:
			s.jobs[job]++
		case <-s.stop:
			return
		}
	}
}

func (s *scheduler) Stop() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.running {
		s.stop <- struct{}{}
		s.running = false
	}
}

// The starter goes on beside the goroutine that has got the role.
type leaving struct {
	mu      sync.Mutex
	running bool
	jobs    map[string]int
	add     chan string
}

func (l *leaving) StartBad() {
	l.mu.Lock()
	if l.running {
		l.mu.Unlock()
		return
	}
	l.running = true
	l.mu.Unlock()
	go l.run()
	l.jobs["first"]++ // want `map leaving.jobs is written here and read at .*roles.go:\d+ with no lock in common`
}

func (l *leaving) run() {
	for job := range l.add {
		l.jobs[job]++
	}
}

// Two goroutines of one starter: one of them has it.
type twice struct {
	mu      sync.Mutex
	running bool
	jobs    map[string]int
	add     chan string
}

func (t *twice) StartBad() {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.running {
		return
	}
	t.running = true
	go t.run()
	go t.sweep()
}

func (t *twice) run() {
	for job := range t.add {
		t.jobs[job]++ // want `map twice.jobs is written here and cleared at .*roles.go:\d+ with no lock in common`
	}
}

func (t *twice) sweep() { clear(t.jobs) }

// A flag that is set without the lock under which it was found unset.
type raced struct {
	mu      sync.Mutex
	running bool
	jobs    map[string]int
	add     chan string
}

func (r *raced) claims() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return !r.running
}

func (r *raced) Start() {
	if r.claims() {
		r.running = true
		go r.run()
	}
}

func (r *raced) RunBad() {
	if r.claims() {
		r.running = true
		r.run()
	}
}

func (r *raced) run() {
	for job := range r.add {
		r.jobs[job]++ // want `map raced.jobs is written here and read at .*roles.go:\d+ with no lock in common`
	}
}
