package limits

import (
	"sync"
	"testing"
)

// requireLen returns only if the two are equal.
func requireLen(t testing.TB, got, want int) {
	if got != want {
		t.Fatalf("got %d, not %d", got, want)
	}
}

type counters struct {
	mu   sync.Mutex
	rows map[string]int
}

// FP_Total gives the lock up before it fails. That the helper compares two of its arguments is not told.
func FP_Total(t *testing.T, c *counters) int {
	c.mu.Lock()
	if n := len(c.rows); n != 1 {
		c.mu.Unlock()
		requireLen(t, n, 1)
	}
	total := c.rows["total"]
	c.mu.Unlock() // want `counters.mu is released here, but was released on line \d+ already`
	return total
}
