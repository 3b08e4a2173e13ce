//go:build unix

package passes_test

import (
	"flag"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/mapguard/mapguard/internal/barepass"
	"github.com/mapguard/mapguard/passes"
	"github.com/mapguard/mapguard/passes/unguardedmap"
)

// leastCPU is the least of three measurements: what else the machine does adds to some.
func leastCPU(t *testing.T, name string, n int) time.Duration {
	return min(cpu(t, name, n), cpu(t, name, n), cpu(t, name, n))
}

// cpu returns the user time that an analyzer takes for a package of that shape.
func cpu(t *testing.T, name string, n int) time.Duration {
	for _, s := range shapes {
		if s.name == name {
			p := shape(t, s.make, n)
			before := userCPU(t)
			_, err := barepass.Run(unguardedmap.Analyzer, p)
			require.NoError(t, err)
			return userCPU(t) - before
		}
	}
	t.Fatalf("no shape %q", name)
	return 0
}

// userCPU returns what this process has taken so far.
func userCPU(t *testing.T) time.Duration {
	var use syscall.Rusage
	require.NoError(t, syscall.Getrusage(syscall.RUSAGE_SELF, &use))
	return time.Duration(use.Utime.Nano())
}

// TestSearchGrowth holds that four times the size takes less than eight times the CPU. Who goes through all functions for each finding, or through a block
// for each of its instructions, allocates nothing by it, so that TestGrowth can't see it: it took 17 times, and a minute for one table of a dependency.
func TestSearchGrowth(t *testing.T) {
	if testing.Short() {
		t.Skip("it takes seconds")
	}
	for _, test := range []struct {
		shape string
		size  int
	}{
		{"functions with a finding each", 1000},
		{"entries of a table", 10000},
	} {
		small, large := leastCPU(t, test.shape, test.size), leastCPU(t, test.shape, 4*test.size)
		t.Logf("%s: %v and %v", test.shape, small, large)
		assert.Less(t, large, 8*small, test.shape)
	}
}

var large = flag.Bool("large", false, "run TestLargeGrowth")

// TestLargeGrowth holds that work grows with the size up to packages of 8,000 functions, 1,000 calls in a row, 1,000 maps of a type, a function of 5,000 blocks, and
// 500 functions that call each other; and that none of them takes a minute. What it logs is the table in docs/performance.md.
func TestLargeGrowth(t *testing.T) {
	if !*large {
		t.Skip("-large is not given")
	}
	for _, s := range shapes {
		for _, a := range passes.All {
			t.Run(s.name+"/"+a.Name, func(t *testing.T) {
				last := 0.0
				for n := s.large / 8; n <= s.large; n *= 2 {
					p := shape(t, s.make, n)
					before := userCPU(t)
					allocated := work(t, a, p)
					took := userCPU(t) - before
					t.Logf("%6d: %5.2f s, %.0f allocations", n, took.Seconds(), allocated)
					assert.Less(t, took, time.Minute)
					if last > 0 {
						t.Logf("%.2f times the work", allocated/last)
						assert.Less(t, allocated/last, maxGrowth, "size %d", n)
					}
					last = allocated
				}
			})
		}
	}
}
