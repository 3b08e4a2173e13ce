// Package startup has goroutines that set themselves up and then say that they are ready.
package startup

import "sync"

type server struct {
	mu    sync.Mutex
	conns map[string]int
	ready chan struct{}
	in    chan string
}

// The map is made on the goroutine, before it says that it is ready.
func (s *server) start() {
	s.conns = make(map[string]int)
	close(s.ready)
	for k := range s.in {
		s.mu.Lock()
		s.conns[k]++
		s.mu.Unlock()
	}
}

func (s *server) stopOk() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.conns = nil
}

func RunOk(in chan string) *server {
	s := &server{ready: make(chan struct{}), in: in}
	go s.start()
	<-s.ready
	return s
}

type lateServer struct {
	mu    sync.Mutex
	conns map[string]int
	ready chan struct{}
	in    chan string
}

// It says that it is ready, and then makes the map.
func (s *lateServer) start() {
	close(s.ready)
	s.conns = make(map[string]int) // want `map lateServer.conns is replaced without lateServer.mu`
	for k := range s.in {
		s.mu.Lock()
		s.conns[k]++
		s.mu.Unlock()
	}
}

func (s *lateServer) Stop() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.conns = nil
}

func RunBad(in chan string) *lateServer {
	s := &lateServer{ready: make(chan struct{}), in: in}
	go s.start()
	<-s.ready
	return s
}
