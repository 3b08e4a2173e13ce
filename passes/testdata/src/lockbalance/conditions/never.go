package conditions

import (
	"errors"
	"sync"
)

type shelf struct {
	mu   sync.Mutex
	in   sync.Mutex
	rows map[string]int
}

func (s *shelf) load() error {
	if len(s.rows) > 9 {
		return errors.New("full")
	}
	return nil
}

// start holds the locks if it returns no error.
func (s *shelf) start(load bool) error {
	s.mu.Lock()
	s.in.Lock()
	done := false
	defer func() {
		if !done {
			s.in.Unlock()
			s.mu.Unlock()
		}
	}()
	if load {
		if err := s.load(); err != nil {
			return err
		}
	}
	done = true
	return nil
}

func (s *shelf) stop() {
	s.in.Unlock()
	s.mu.Unlock()
}

// Asked not to load, start does not fail.
func newShelfOk() (*shelf, error) {
	s := shelf{rows: map[string]int{}}
	if err := s.start(false); err != nil {
		return nil, err
	}
	defer s.stop()
	s.rows["a"]++
	return &s, nil
}

func (s *shelf) SetOk(k string) error {
	if err := s.start(true); err != nil {
		return err
	}
	defer s.stop()
	s.rows[k]++
	return nil
}

// It does not, and something else does.
func (s *shelf) SetBad(k string) error {
	err := s.start(false) // want `shelf.(mu|in) is locked here and still held at the return on line \d+; other paths release it`
	if err == nil {
		err = s.load()
	}
	if err != nil {
		return err
	}
	defer s.stop()
	s.rows[k]++
	return nil
}
