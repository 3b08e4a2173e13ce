// Package server implements a service, and leaves it to main to register it.
package server

import (
	"context"
	"sync"

	"unguardedmap/libraries/echo/pb"
)

// Server is the service.
type Server struct {
	seen map[string]int
	told map[string]int
}

var _ pb.EchoServer = (*Server)(nil)

// Echo is called for each request.
func (s *Server) Echo(ctx context.Context, in string) (string, error) {
	s.seen[in]++ // want `map Server.seen is written here by several goroutines at once with no lock: Server.Echo runs for each request`
	return in, nil
}

// Tell is no method of the service.
func (s *Server) Tell(in string) { s.told[in]++ }

// Guarded has a lock.
type Guarded struct {
	mu   sync.Mutex
	seen map[string]int
}

// Echo is called for each request.
func (g *Guarded) Echo(ctx context.Context, in string) (string, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.seen[in]++
	return in, nil
}

// Other has a method of that name, and is no service.
type Other struct{ seen map[string]int }

// Echo takes something else.
func (o *Other) Echo(in string) string {
	o.seen[in]++
	return in
}
