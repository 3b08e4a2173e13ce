package unguardedmap_test

import (
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/mapguard/mapguard/internal/fixture"
	"github.com/mapguard/mapguard/passes/unguardedmap"
)

func TestFixtures(t *testing.T) { fixture.Run(t, unguardedmap.Analyzer) }

func TestMended(t *testing.T) { fixture.Mended(t, unguardedmap.Analyzer) }

func TestGuards(t *testing.T) { fixture.Run(t, unguardedmap.Guards) }

// TestModule runs inputs whose packages are known to be of one module.
func TestModule(t *testing.T) {
	dir, err := filepath.Abs("../testdata/mod")
	require.NoError(t, err)
	analysistest.Run(t, dir, unguardedmap.Analyzer, "./...")
}

// TestStrict runs the inputs of the tier that has to be asked for.
func TestStrict(t *testing.T) {
	require.NoError(t, unguardedmap.Analyzer.Flags.Set("strict", "true"))
	defer func() { require.NoError(t, unguardedmap.Analyzer.Flags.Set("strict", "false")) }()
	t.Run("fixtures", func(t *testing.T) { fixture.RunFolder(t, unguardedmap.Analyzer, "unguardedmap-strict") })
}
