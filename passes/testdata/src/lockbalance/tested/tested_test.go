package tested

import "testing"

// The test says nothing of locks itself.
func TestHoldTwiceBad(t *testing.T) {
	l := &Latch{}
	l.holdOk()
	l.holdOk() // want `Latch.mu is locked by Latch.holdOk, which is called here, while it is held`
	l.letGoOk()
}

func TestHoldOk(t *testing.T) {
	l := &Latch{}
	l.holdOk()
	l.letGoOk()
}
