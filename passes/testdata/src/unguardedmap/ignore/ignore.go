// Package ignore is about //mapguard:ignore: what a directive covers, and that it must cover something.
package ignore

import "sync"

type Server struct {
	mu sync.Mutex
	a  map[string]int
	b  map[string]int
	//mapguard:ignore unguardedmap filled once, before the server is handed out
	c map[string]int
	d map[string]int //mapguard:ignore unguardedmap as c
	e map[string][]int
}

func (s *Server) Set(k string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.a[k]++
	s.b[k]++
	s.c[k]++
	s.d[k]++
	s.e[k] = nil
}

func (s *Server) GetBad(k string) int {
	return s.a[k] // want `map Server.a is read without Server.mu`
}

func (s *Server) AtTheEndOfTheLineOk(k string) int {
	return s.a[k] //mapguard:ignore unguardedmap no writer is left here
}

func (s *Server) OnTheLineBeforeOk(k string) int {
	//mapguard:ignore unguardedmap no writer is left here
	return s.a[k]
}

func (s *Server) AmongCommentsOk(k string) int {
	//mapguard:ignore unguardedmap no writer is left here
	// Later it may be otherwise.
	return s.a[k]
}

func (s *Server) CommentOnTheLineOk(k string) int {
	//mapguard:ignore unguardedmap no writer is left here
	/* it may be otherwise later */ return s.a[k]
}

func (s *Server) AStatementOfSeveralLinesOk(k string) int {
	//mapguard:ignore unguardedmap no writer is left here
	return max(
		s.a[k],
		s.b[k],
	)
}

// TheDeclarationOk reads both.
//
//mapguard:ignore unguardedmap no writer is left here
func (s *Server) TheDeclarationOk(k string) int {
	if s.a[k] > 0 {
		return s.a[k]
	}
	return s.b[k]
}

func (s *Server) TheHeadOfALoopBad(k string) (n int) {
	//mapguard:ignore unguardedmap no writer is left here
	for range s.a {
		n += s.b[k] // want `map Server.b is read without Server.mu`
	}
	return n
}

// TheFieldOk: the directives stand at the fields.
func (s *Server) TheFieldOk(k string) int { return s.c[k] + s.d[k] }

func (s *Server) SeveralChecksOk(k string) int {
	return s.a[k] //mapguard:ignore rlockwrite,unguardedmap no writer is left here
}

func (s *Server) AnotherCheckBad(k string) int {
	return s.a[k] //mapguard:ignore rlockwrite no writer is left here // want `map Server.a is read without Server.mu`
}

func (s *Server) NoReasonBad(k string) int {
	return s.a[k] //mapguard:ignore unguardedmap // want `map Server.a is read without Server.mu`
}

func (s *Server) TooFarBad(k string) int {
	//mapguard:ignore unguardedmap no writer is left here // want `this directive silences no finding of unguardedmap: remove it`

	return s.a[k] // want `map Server.a is read without Server.mu`
}

func (s *Server) NothingToSilenceBad(k string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.a[k]++ //mapguard:ignore unguardedmap I was not sure // want `this directive silences no finding of unguardedmap: remove it`
}

//mapguard:ignore unguardedmap a counter that may be wrong
var counts = map[string]int{}

var lists = map[string]map[string]int{} //mapguard:ignore unguardedmap as counts

func PackageVariablesOk(k string) {
	for range 9 {
		go func() {
			counts[k]++
			lists[k][k]++
		}()
	}
}
