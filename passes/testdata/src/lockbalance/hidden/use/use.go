package use

import "lockbalance/hidden/lib"

type store struct {
	b    lib.Backend
	rows map[string]int
}

// The lock that Force leaves held by one name is given up by another.
func (s *store) openOk() {
	s.b.Force()
	s.againOk()
	s.rows["open"]++
}

func (s *store) againOk() {
	s.rows["again"]++
	s.b.Force()
}

func (s *store) beginBad() {
	s.b.Begin()
	s.begin() // want `is locked by store.begin, which is called here, while it is held`
	s.b.End()
}

func (s *store) begin() {
	s.b.Begin()
	s.rows["begin"]++
	s.b.End()
}
