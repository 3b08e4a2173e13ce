// Package trylock has a lock that is had at once or not at all.
package trylock

import (
	"errors"
	"sync/atomic"
)

type Lock struct{ taken atomic.Bool }

func (l *Lock) Lock() error {
	if !l.taken.CompareAndSwap(false, true) {
		return errors.New("taken")
	}
	return nil
}

func (l *Lock) Unlock() { l.taken.Store(false) }
