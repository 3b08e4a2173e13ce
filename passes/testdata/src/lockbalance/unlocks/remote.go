package unlocks

import "context"

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
