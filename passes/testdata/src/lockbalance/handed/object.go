package handed

import (
	"errors"
	"sync"
)

type series struct {
	sync.Mutex
	gone bool
	next *series
}

// What is returned is locked, whatever was locked on the way is not.
func lockOk(s *series) (*series, error) {
	for {
		s.Lock()
		if !s.gone {
			return s, nil
		}
		s.Unlock()
		if s.next == nil {
			return nil, errors.New("gone")
		}
		s = s.next
	}
}

func AppendOk(s *series) error {
	s, err := lockOk(s)
	if err != nil {
		return err
	}
	defer s.Unlock()
	s.gone = true
	return nil
}

// It returns its receiver in any case; the caller can't know that it is locked.
func (s *series) MarkBad(skip bool) *series {
	s.Lock() // want `series.Mutex is locked here and still held at the return on line \d+; other paths release it`
	if skip {
		return s
	}
	s.gone = true
	s.Unlock()
	return s
}
