package vet

import (
	"flag"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/tools/go/analysis"
)

// TestOwn holds that what go tool vet says of its checks is understood.
func TestOwn(t *testing.T) {
	checks, err := Own(t.Context())
	require.NoError(t, err)
	assert.Greater(t, len(checks), 25)
	i := slices.IndexFunc(checks, func(a *analysis.Analyzer) bool { return a.Name == "printf" })
	require.GreaterOrEqual(t, i, 0)
	assert.Equal(t, "printf: check consistency of Printf format strings and arguments", checks[i].Doc)
	var flags []string
	checks[i].Flags.VisitAll(func(f *flag.Flag) { flags = append(flags, f.Name) })
	assert.Contains(t, flags, "funcs")

	help, err := OwnHelp(t.Context(), "assign")
	require.NoError(t, err)
	assert.Contains(t, help, "useless assignments")
}
