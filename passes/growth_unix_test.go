//go:build unix

package passes_test

import (
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/mapguard/mapguard/internal/barepass"
	"github.com/mapguard/mapguard/passes/unguardedmap"
)

// cpu returns the user time that an analyzer takes for a package.
func cpu(t *testing.T, n int) time.Duration {
	p := shape(t, shapes[0].make, n)
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

// TestSearchGrowth holds of a package with a finding in each function that four times the size takes less than eight times the CPU. Who goes through all
// functions for each finding allocates nothing by it, so that TestGrowth can't see it; it took 17 times.
func TestSearchGrowth(t *testing.T) {
	if testing.Short() {
		t.Skip("it takes seconds")
	}
	small, large := cpu(t, 1000), cpu(t, 4000)
	t.Logf("%v and %v", small, large)
	assert.Less(t, large, 8*small)
}
