package handed

import (
	"errors"
	"sync"
)

type berth struct {
	mu    sync.Mutex
	ships map[string]int
}

func (b *berth) check(n int) error {
	if n < 0 {
		return errors.New("negative")
	}
	return nil
}

func (b *berth) find(n int) *berth {
	if n > 9 {
		return nil
	}
	return b
}

// takeOk has names for its results, of which the deferred call keeps the variables.
func (b *berth) takeOk(n int) (at *berth, err error) {
	defer println("taken")
	if n == 7 {
		err = errors.New("seven")
		return
	}
	at = b.find(n)
	at.mu.Lock()
	err = at.check(n)
	if err != nil {
		at.mu.Unlock()
	}
	return
}

func (b *berth) LandOk(n int) error {
	at, err := b.takeOk(n)
	if err != nil {
		return err
	}
	defer at.mu.Unlock()
	at.ships["x"]++
	return nil
}

// takeBad returns it, and its caller can't know whether it is locked.
func (b *berth) takeBad(n int) (at *berth, full bool) {
	defer println("taken")
	at = b.find(n)
	at.mu.Lock() // want `berth.mu is locked here and still held at the return on line \d+; other paths release it`
	full = len(at.ships) > n
	if at.ships["x"] > n {
		at.mu.Unlock()
		return
	}
	at.ships["x"]++
	return
}

var spare = &berth{}

// otherBad returns another one than it has locked.
func (b *berth) otherBad(n int) (at *berth, full bool) {
	defer println("taken")
	at = spare
	b.mu.Lock() // want `berth.mu is locked here and still held at the return on line \d+; other paths release it`
	full = len(b.ships) > n
	if b.ships["x"] > n {
		b.mu.Unlock()
	}
	return
}

func (b *berth) UseBad(n int) {
	b.takeBad(n)
	b.otherBad(n)
}
