// Package lockbalance defines an Analyzer that finds locks which are not given up as they were taken.
//
// # Analyzer lockbalance
//
// lockbalance: find locks that are not released, released twice or in the wrong mode, deferred wrongly, or taken while held
//
// What it does: it follows the paths of each function, with what the functions it calls do to locks, and reports a lock that one path
// releases and another leaves held; one that is released without being held, a second time, or in the other mode; defer Lock where
// Unlock was meant and an unlock deferred in a loop; a lock taken while the same function, or its caller in this package, holds it; an empty
// section; and, with -lockbalance.after, a map that is used after its guard was released.
//
// Why this is bad: a lock that stays held stops everybody who wants it, for ever. A lock that is released twice is a fatal error, or frees the
// section of somebody else.
//
// Wrong:
//
//	func (s *Server) Get(id string) (*Session, error) {
//		s.mu.Lock()
//		x, ok := s.sessions[id]
//		if !ok {
//			return nil, errNotFound
//		}
//		s.mu.Unlock()
//		return x, nil
//	}
//
// Right:
//
//	func (s *Server) Get(id string) (*Session, error) {
//		s.mu.Lock()
//		defer s.mu.Unlock()
//		x, ok := s.sessions[id]
//		if !ok {
//			return nil, errNotFound
//		}
//		return x, nil
//	}
//
// Known problems: see docs/limits.md. A lock that changes hands, because one function takes it and another gives it up, is not followed.
package lockbalance
