// Package asserted takes locks in the conditions of assertions.
package asserted

import (
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

type shards struct {
	locks []sync.Mutex
	mu    sync.Mutex
	rows  map[string]int
}

// The test ends where the lock could not be taken.
func assertedOk(t *testing.T, s *shards) {
	require.True(t, s.mu.TryLock(), "left held")
	s.rows["x"] = 1
	s.mu.Unlock()
}

func assertedByObjectOk(t *testing.T, s *shards) {
	must := require.New(t)
	for i := range s.locks {
		must.Truef(s.locks[i].TryLock(), "lock %d left held", i)
		s.locks[i].Unlock()
	}
}

// It goes on only where the lock could not be taken.
func refutedOk(t *testing.T, s *shards) {
	free := s.mu.TryLock()
	if free {
		s.mu.Unlock()
	}
	require.True(t, !free)
	if free {
		s.mu.Unlock()
	}
}

// It goes on only where the lock was taken.
func refutedBad(t *testing.T, s *shards) {
	busy := !s.mu.TryLock()
	require.False(t, busy)
	s.mu.Lock() // want `shards.mu is locked while it is held since line \d+`
	s.mu.Unlock()
}

type loose struct {
	mu sync.Mutex
}

// This assertion returns in any case.
func assertedBad(t *testing.T, s *loose) {
	assert.True(t, s.mu.TryLock())
	s.mu.Unlock() // want `loose.mu is released here, but is not held on every path`
}

// The assertion says whether it holds.
func answeredOk(t *testing.T, s *shards) {
	if assert.True(t, s.mu.TryLock(), "left held") {
		s.rows["x"] = 1
		s.mu.Unlock()
	}
}

func answeredElseOk(t *testing.T, s *shards) {
	if !assert.True(t, s.mu.TryLock()) {
		return
	}
	defer s.mu.Unlock()
	s.rows["x"] = 1
}

type latch struct {
	mu   sync.Mutex
	rows map[string]int
}

// It fails where the lock was taken.
func deniedBad(t *testing.T, l *latch, n int) {
	if assert.False(t, l.mu.TryLock()) { // want `latch.mu is locked here and still held at the end of the function on line \d+`
		return
	}
	if n > 0 {
		l.rows["x"] = n
		l.mu.Unlock()
	}
}
