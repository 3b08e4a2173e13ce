// Package serve has a goroutine for each of its clients, and knows what they work with by interfaces of another package of the module.
package serve

import "example.org/shop/ledger"

type Server struct {
	Book ledger.Book
	Safe ledger.Safe
	Pad  ledger.Pad
}

func (s *Server) Run(clients chan chan string) {
	for c := range clients {
		go s.serve(c)
	}
}

func (s *Server) serve(c chan string) {
	for k := range c {
		s.Book.Enter(k) // want `map Memory.lines is written here by several goroutines at once with no lock: the goroutine Server.serve starts`
		s.Safe.Keep(k)
		s.Pad.Note(k)
	}
}
