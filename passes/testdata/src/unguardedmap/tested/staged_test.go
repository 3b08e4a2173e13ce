package tested

import (
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// Nobody connects before the test asks for it.
func TestMuxOk(t *testing.T) {
	m := NewMux()
	go m.Serve()
	got := m.Register("a")
	m.conn <- "a"
	if <-got != "a" {
		t.Fatal("wrong")
	}
}

// The test registers on a goroutine of its own.
func TestMuxBad(t *testing.T) {
	m := NewMux()
	go m.Serve()
	go func() {
		m.m["a"] = nil // want `map Mux.m is written here and read at staged.go:13 with no lock in common: the goroutine TestMuxBad.1`
	}()
	m.conn <- "b"
}

// The test goes on when it has seen that all are done.
func TestSeenOk(t *testing.T) {
	var mu sync.Mutex
	got, n := map[int]bool{}, 0
	for i := range 3 {
		go func() {
			mu.Lock()
			defer mu.Unlock()
			got[i] = true
			n++
		}()
	}
	require.Eventually(t, func() bool {
		mu.Lock()
		defer mu.Unlock()
		return n == 3
	}, time.Second, time.Millisecond)
	require.True(t, got[1])
	for range got {
	}
}

// It does not wait.
func TestUnseenBad(t *testing.T) {
	got := map[int]bool{}
	for i := range 3 {
		go func() {
			got[i] = true // want `map got is written here by several goroutines at once`
		}()
	}
	for range got {
	}
}

// A subtest tells nothing of the goroutine.
func TestSubtestBad(t *testing.T) {
	got := map[int]bool{}
	go func() {
		got[1] = true // want `map got is written here and`
	}()
	t.Run("other", func(t *testing.T) {})
	for range got {
	}
}

// Several of them run at once, without a word of the test's own.
func TestCoresBad(t *testing.T) {
	c := &core{m: map[string]int{}}
	for _, k := range []string{"a", "b"} {
		go c.add(k)
	}
}

type core struct{ m map[string]int }

func (c *core) add(k string) { c.m[k]++ } // want `map core.m is written here by several goroutines at once`

// Crate's goroutine has looked when the test is done, if it is about that.
func FN_Crate(t *testing.T) {
	c := OpenCrate()
	t.Cleanup(func() { c.m["stop"] = 1 })
	c.m["go"] = 1
}

func TestCrate(t *testing.T) { FN_Crate(t) }
