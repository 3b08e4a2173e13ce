package lockbalance_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/mapguard/mapguard/internal/fixture"
	"github.com/mapguard/mapguard/passes/lockbalance"
)

func TestFixtures(t *testing.T) { fixture.Run(t, lockbalance.Analyzer) }

// TestReadLockTwice asks for the note that is off by default. It must not run beside the others.
func TestReadLockTwice(t *testing.T) {
	require.NoError(t, lockbalance.Analyzer.Flags.Set("rlock-rlock", "true"))
	t.Cleanup(func() { require.NoError(t, lockbalance.Analyzer.Flags.Set("rlock-rlock", "false")) })
	fixture.RunFolder(t, lockbalance.Analyzer, "lockbalance-rlock")
}

// TestAfter asks for what unguardedmap reports, too. It must not run beside the others.
func TestAfter(t *testing.T) {
	require.NoError(t, lockbalance.Analyzer.Flags.Set("after", "true"))
	t.Cleanup(func() { require.NoError(t, lockbalance.Analyzer.Flags.Set("after", "false")) })
	fixture.RunFolder(t, lockbalance.Analyzer, "lockbalance-after")
}
