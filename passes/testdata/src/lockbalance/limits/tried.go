package limits

import (
	"sync"
	"testing"
)

// FP_Tried goes on where the lock was not to be had, having told the test of it.
func FP_Tried(t *testing.T) {
	var mu sync.Mutex
	n := 0
	mu.Lock()
	n++
	mu.Unlock()
	if !mu.TryLock() {
		t.Error("not to be had")
	}
	mu.Unlock() // want `mu is released here, but was released on line \d+ already`
}
