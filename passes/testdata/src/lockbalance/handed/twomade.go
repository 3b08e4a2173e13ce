package handed

import (
	"errors"
	"sync"
)

// box is made by constructors.
type box struct {
	sync.Mutex
	n int
}

func newBox() *box { return &box{n: 1} }

func openBox(n int) (*box, error) {
	if n < 0 {
		return nil, errors.New("negative")
	}
	return &box{n: n}, nil
}

// Two calls of a constructor make two objects.
func TwoMadeOk() int {
	a, b := newBox(), newBox()
	a.Lock()
	b.Lock()
	n := a.n + b.n
	b.Unlock()
	a.Unlock()
	return n
}

// And so do two of one that may fail.
func TwoOpenedOk() int {
	a, err := openBox(1)
	if err != nil {
		return 0
	}
	b, err := openBox(1)
	if err != nil {
		return 0
	}
	a.Lock()
	b.Lock()
	n := a.n + b.n
	b.Unlock()
	a.Unlock()
	return n
}

// One of them is given up twice.
func TwoMadeBad() int {
	a, b := newBox(), newBox()
	a.Lock()
	b.Lock()
	n := a.n + b.n
	a.Unlock()
	b.Unlock()
	a.Unlock() // want `box.Mutex is released here, but was released on line \d+ already`
	return n
}

// One of them is left locked.
func OneLeftBad() int {
	a, b := newBox(), newBox()
	a.Lock() // want `box.Mutex is locked here and still held at the return on line \d+; other paths release it`
	b.Lock()
	n := a.n + b.n
	b.Unlock()
	if n > 2 {
		return 0
	}
	a.Unlock()
	return n
}

var theBox = newBox()

func sharedBox() *box { return theBox }

// A getter gives the same each time.
func SharedBad() int {
	sharedBox().Lock()
	n := sharedBox().n
	sharedBox().Unlock()
	sharedBox().Unlock() // want `box.Mutex is released here, but was released on line \d+ already`
	return n
}

// take locks if it is asked to, by function literals that have captured what it was asked.
func (b *box) take(need bool) int {
	lock := func() {
		if need {
			b.Lock()
		}
	}
	unlock := func() {
		if need {
			b.Unlock()
		}
	}
	lock()
	n := b.n
	unlock()
	return n
}

func (b *box) takeHeld() int { return b.take(false) }

func (b *box) takeOwn() int { return b.take(true) }

func AskedOk() int {
	b := newBox()
	b.Lock()
	defer b.Unlock()
	return b.takeHeld()
}

func AskedBad() int {
	b := newBox()
	b.Lock()
	defer b.Unlock()
	return b.takeOwn() // want `box.Mutex is locked by box.takeOwn, which is called here, while it is held since line \d+: this waits for itself`
}
