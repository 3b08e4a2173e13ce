//go:build unix

package passes_test

import (
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/mapguard/mapguard/internal/barepass"
	"github.com/mapguard/mapguard/passes/unguardedmap"
)

// leastCPU is the least of three measurements: what else the machine does adds to some.
func leastCPU(t *testing.T, name string, n int) time.Duration {
	return min(cpu(t, name, n), cpu(t, name, n), cpu(t, name, n))
}

// cpu returns the user time that an analyzer takes for a package of that shape.
func cpu(t *testing.T, name string, n int) time.Duration {
	i := slices.IndexFunc(shapes, func(s struct {
		name string
		size int
		make func(*strings.Builder, int)
	}) bool {
		return s.name == name
	})
	p := shape(t, shapes[i].make, n)
	used := func() time.Duration {
		var use syscall.Rusage
		require.NoError(t, syscall.Getrusage(syscall.RUSAGE_SELF, &use))
		return time.Duration(use.Utime.Nano())
	}
	before := used()
	_, err := barepass.Run(unguardedmap.Analyzer, p)
	require.NoError(t, err)
	return used() - before
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
