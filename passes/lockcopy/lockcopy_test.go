package lockcopy_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/mapguard/mapguard/internal/barepass"
	"github.com/mapguard/mapguard/internal/fixture"
	"github.com/mapguard/mapguard/passes/lockcopy"
)

func TestFixtures(t *testing.T) { fixture.Run(t, lockcopy.Analyzer) }

func TestMended(t *testing.T) { fixture.Mended(t, lockcopy.Analyzer) }

// TestMapsOnly holds that the flag leaves exactly the copies without a map to vet.
func TestMapsOnly(t *testing.T) {
	pkg, err := barepass.Load("holds", []string{"../testdata/src/lockcopy/holds/holds.go"})
	require.NoError(t, err)
	all, err := barepass.Run(lockcopy.Analyzer, pkg)
	require.NoError(t, err)
	require.NoError(t, lockcopy.Analyzer.Flags.Set("maps-only", "true"))
	t.Cleanup(func() { _ = lockcopy.Analyzer.Flags.Set("maps-only", "false") })
	some, err := barepass.Run(lockcopy.Analyzer, pkg)
	require.NoError(t, err)
	left := map[string]bool{}
	for _, d := range some {
		left[d.Message] = true
	}
	for _, d := range all {
		name, _, _ := strings.Cut(d.Message, " ")
		switch name {
		case "counterBad", "lockBad", "waiterBad", "onceBad", "hitsBad", "messageBad":
			assert.False(t, left[d.Message], d.Message)
		default:
			assert.True(t, left[d.Message], d.Message)
		}
	}
}
