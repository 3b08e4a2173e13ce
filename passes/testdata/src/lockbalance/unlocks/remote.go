package unlocks

import (
	"context"

	"lockbalance/unlocks/trylock"
)

// A lock somewhere else, which may not be had.
type remote interface {
	Lock(ctx context.Context) error
	Unlock()
}

type store struct{ far remote }

func (s *store) MoveOk(ctx context.Context) error {
	if err := s.far.Lock(ctx); err != nil {
		return err
	}
	defer s.far.Unlock()
	return nil
}

// One that is had at once or not at all.
type shop struct {
	near trylock.Lock
	far  interface {
		Lock()
		Unlock()
	}
}

func (s *shop) TryOk() error {
	if err := s.near.Lock(); err != nil {
		return err
	}
	defer s.near.Unlock()
	return nil
}

func (s *shop) OtherBad(ok bool) {
	if ok {
		s.far.Lock()
	}
	s.far.Unlock() // want `shop.far is released here, but is not held on every path`
}
