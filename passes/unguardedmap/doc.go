// Package unguardedmap defines an Analyzer that finds maps which two goroutines can touch with no lock in common.
//
// # Analyzer unguardedmap
//
// unguardedmap: find maps that two goroutines can touch with no lock in common
//
// What it does: it follows each map through fields, variables, parameters and calls, and reports two accesses, at least one of which
// writes, that can run at once while no lock is held at both. A report names both sides, their locks, and the goroutine, timer or
// handler that makes them concurrent. Where all writers agree on a lock, an access without it is reported even if no goroutine is in sight: the lock
// says that the methods are called concurrently.
//
// Why this is bad: the runtime detects concurrent map access and stops the process with a fatal error that recover can't
// catch.
//
// Wrong:
//
//	type Server struct {
//		mu       sync.Mutex
//		sessions map[string]*Session // guarded by mu
//	}
//
//	func (s *Server) Add(id string, x *Session) {
//		s.mu.Lock()
//		defer s.mu.Unlock()
//		s.sessions[id] = x
//	}
//
//	func (s *Server) Get(id string) *Session { return s.sessions[id] }
//
// Right:
//
//	func (s *Server) Get(id string) *Session {
//		s.mu.Lock()
//		defer s.mu.Unlock()
//		return s.sessions[id]
//	}
//
// Known problems: see docs/limits.md. Code that is not seen (reflection, cgo, interfaces of other packages) is taken to do nothing.
package unguardedmap
