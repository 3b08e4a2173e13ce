// Package guardfix holds accesses that miss the guard, each in another shape.
package guardfix

import (
	"fmt"
	"io"
	"sync"
)

type Server struct {
	mu    sync.RWMutex
	users map[string]int
	names map[string]string
}

func (s *Server) Set(k string, v int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.users[k] = v
}

func (s *Server) Name(k, v string) {
	s.mu.Lock()
	s.names[k] = v
	s.users[k] = 0
	s.mu.Unlock()
}

// Fill makes the lock the guard, whatever the others do.
func (s *Server) Fill() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.users["a"] = 1
	s.users["b"] = 1
	s.users["c"] = 1
	s.users["d"] = 1
	s.users["e"] = 1
	s.users["f"] = 1
	s.users["g"] = 1
	s.users["h"] = 1
	s.users["i"] = 1
	s.users["j"] = 1
	s.users["k"] = 1
}

func (s *Server) GetBad(k string) int {
	return s.users[k] // want `without Server.mu`
}

func (s *Server) LookBad(k string) (int, bool) {
	v, ok := s.users[k] // want `without Server.mu`
	return v, ok
}

func (s *Server) CountBad(k string) { s.users[k]++ } // want `written without Server.mu`

func (s *Server) AddBad(k string) bool {
	if _, ok := s.users[k]; ok { // want `without Server.mu`
		return false
	}
	s.users[k] = 1 // want `written without Server.mu`
	return true
}

func (s *Server) DumpBad(w io.Writer) {
	for k, v := range s.users { // want `iterated without Server.mu`
		fmt.Fprintln(w, k, v)
	}
}

func (s *Server) SumBad() int {
	sum := 0
	for _, v := range s.users { // want `iterated without Server.mu`
		sum += v
	}
	return sum
}

func (s *Server) ShowBad(w io.Writer, k string) {
	fmt.Fprintln(w, "showing")
	fmt.Fprintln(w, s.users[k]) // want `read without Server.mu`
}

func (s *Server) HeaderBad(w io.Writer, k string) {
	if v, ok := s.users[k]; ok { // want `read without Server.mu`
		fmt.Fprintln(w, v)
	}
	switch v := s.users[k]; v { // want `read without Server.mu`
	case 1:
		fmt.Fprintln(w, "one")
	}
	switch s.users[k] { // want `read without Server.mu`
	case 1:
		fmt.Fprintln(w, "one")
	}
}

func (s *Server) BothBad(w io.Writer, k string) {
	if w != nil && s.users[k] > 0 { // want `read without Server.mu`
		fmt.Fprintln(w, s.users[k], s.names[k]) // want `read without Server.mu` `read without Server.mu`
	}
}

func (s *Server) CacheBad(w io.Writer, k string) int {
	if v, ok := s.users[k]; ok { // want `read without Server.mu`
		return v
	}
	v, _ := fmt.Fprintln(w, k)
	s.users[k] = v // want `written without Server.mu`
	return v
}

func (s *Server) StoreBad(w io.Writer, k string) {
	s.users[k], _ = fmt.Fprintln(w) // want `written without Server.mu`
}

func (s *Server) InitBad(w io.Writer, k string) error {
	n, err := fmt.Fprintln(w)
	if err != nil {
		return err
	}
	s.users[k] = n // want `written without Server.mu`
	_, err = fmt.Fprintln(w)
	return err
}

func (s *Server) EachBad(w io.Writer, keys []string) {
	for _, k := range keys {
		if s.users[k] == 0 { // want `read without Server.mu`
			continue
		}
		fmt.Fprintln(w, k)
	}
}
