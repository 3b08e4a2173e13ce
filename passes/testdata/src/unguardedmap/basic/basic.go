// Package basic holds one plain case of each tier.
package basic

import "sync"

type Server struct {
	mu       sync.Mutex
	sessions map[string]int // guarded by mu
}

func (s *Server) Add(id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.sessions[id] = 1
}

func (s *Server) GetBad(id string) int {
	return s.sessions[id] // want `map Server.sessions is read without Server.mu, held at 2 of its 2 other accesses`
}

func (s *Server) GetOk(id string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.sessions[id]
}

func localBad(keys []string) {
	out := map[string]int{}
	for _, k := range keys {
		go func() {
			out[k] = len(k) // want `map out is written here by several goroutines at once with no lock`
		}()
	}
}

func localOk(keys []string) map[string]int {
	out := map[string]int{}
	var mu sync.Mutex
	var wg sync.WaitGroup
	for _, k := range keys {
		wg.Add(1)
		go func() {
			defer wg.Done()
			mu.Lock()
			defer mu.Unlock()
			out[k] = len(k)
		}()
	}
	wg.Wait()
	return out
}
