package unguardedmap_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/mapguard/mapguard/internal/fixture"
	"github.com/mapguard/mapguard/passes/unguardedmap"
)

func TestFixtures(t *testing.T) { fixture.Run(t, unguardedmap.Analyzer) }

func TestMended(t *testing.T) { fixture.Mended(t, unguardedmap.Analyzer) }

func TestGuards(t *testing.T) { fixture.Run(t, unguardedmap.Guards) }

// TestStrict runs the inputs of the tier that has to be asked for.
func TestStrict(t *testing.T) {
	require.NoError(t, unguardedmap.Analyzer.Flags.Set("strict", "true"))
	defer func() { require.NoError(t, unguardedmap.Analyzer.Flags.Set("strict", "false")) }()
	t.Run("fixtures", func(t *testing.T) { fixture.RunFolder(t, unguardedmap.Analyzer, "unguardedmap-strict") })
}
