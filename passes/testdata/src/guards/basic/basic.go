// Package basic has maps with and without a lock that guards them.
package basic

import "sync"

type Server struct {
	mu    sync.Mutex
	hits  map[string]int // want `^map Server.hits is guarded by Server.mu, held at 3 of the 4 places that touch it$`
	names map[string]bool
}

func New() *Server {
	s := &Server{hits: map[string]int{}}
	s.hits["start"] = 1 // not shared yet: no place that counts
	return s
}

func (s *Server) Count(k string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.hits[k]++
	s.drop(k)
}

func (s *Server) drop(k string) { delete(s.hits, k) }

func (s *Server) Each(f func(string)) {
	s.mu.Lock()
	for k := range s.hits {
		f(k)
	}
	s.mu.Unlock()
}

func (s *Server) Get(k string) int { return s.hits[k] }

func (s *Server) Name(k string) { s.names[k] = true }

var (
	mu     sync.RWMutex
	tables = map[string]map[string]int{} // want `map tables is guarded by mu, held at 2 of the 2 places` `map tables\[\] is guarded by mu, held at 1 of the 1 places`
)

func Put(a, b string) {
	mu.Lock()
	defer mu.Unlock()
	tables[a][b] = 1
}

func Add(a string) {
	mu.Lock()
	defer mu.Unlock()
	tables[a] = map[string]int{}
}
