package use

import (
	"sync"

	"lockbalance/hidden/lib"
)

type store struct {
	mu   sync.Mutex
	b    lib.Backend
	rows map[string]int
}

// The lock that Force leaves held by one name is given up by another.
func newStoreOk(b lib.Backend) *store {
	s := &store{b: b, rows: map[string]int{}}
	s.b.Begin()
	s.b.End()
	s.b.Force()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.restoreOk()
	return s
}

func (s *store) restoreOk() {
	for k := range s.rows {
		if k == "" {
			panic("no name")
		}
		s.b.Force()
		s.rows[k]++
	}
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
