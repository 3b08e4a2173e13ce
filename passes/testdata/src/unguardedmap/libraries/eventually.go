package libraries

import (
	"time"

	"github.com/stretchr/testify/require"
)

type sampler struct {
	got map[string]int
}

func (s *sampler) fill(in chan string) {
	for k := range in {
		s.got[k]++ // want `map sampler.got is written here and (read|measured) at eventually.go:\d+ with no lock in common`
	}
}

func (s *sampler) read() map[string]int { return map[string]int{"a": 1} }

// The condition is looked at by one goroutine after another, and the test waits.
func waitOk(t require.TestingT, s *sampler) map[string]int {
	last := map[string]int{}
	require.Eventually(t, func() bool {
		for k, n := range s.read() {
			last[k] = n
		}
		return len(last) > 0
	}, time.Second, time.Millisecond)
	last["done"]++
	return last
}

// What else runs goes on.
func waitBad(t require.TestingT, in chan string) {
	s := &sampler{got: map[string]int{}}
	go s.fill(in)
	require.Eventually(t, func() bool { return len(s.got) > 0 }, time.Second, time.Millisecond)
}
