package tested

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// The condition looks again and again while the worker writes: what it waits for tells that it does not know.
func FN_Polled(t *testing.T, in chan string) {
	g := NewGauge(in)
	in <- "a"
	require.Eventually(t, func() bool { return len(g.seen) > 0 }, time.Second, time.Millisecond)
}

func TestPolled(t *testing.T) { FN_Polled(t, make(chan string)) }

func TestPolledOk(t *testing.T) {
	in := make(chan string)
	g := NewGauge(in)
	in <- "a"
	require.Eventually(t, func() bool { return g.Seen("a") > 0 }, time.Second, time.Millisecond)
}
