package front

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/tools/go/analysis"
)

func TestFactsOnly(t *testing.T) {
	unit := filepath.Join(t.TempDir(), "vet.cfg")
	for text, want := range map[string]bool{`{"VetxOnly": true}`: true, `{"VetxOnly": false}`: false, `{}`: false, `{`: false} {
		require.NoError(t, os.WriteFile(unit, []byte(text), 0o600))
		assert.Equal(t, want, factsOnly([]string{"-json", unit}), text)
	}
	assert.False(t, factsOnly([]string{"-V=full"}))
	assert.False(t, factsOnly([]string{unit + "absent.cfg"}))
}

func TestSilent(t *testing.T) {
	fails := func(*analysis.Pass) (any, error) { return nil, errors.New("it ran") }
	facts := &analysis.Analyzer{Name: "facts", FactTypes: []analysis.Fact{nil}, Run: fails}
	check := &analysis.Analyzer{Name: "check", Requires: []*analysis.Analyzer{facts}, Run: fails}
	got := silent([]*analysis.Analyzer{check, facts})
	_, err := got[0].Run(nil)
	require.NoError(t, err)
	assert.Equal(t, check.Requires, got[0].Requires)
	_, err = got[1].Run(nil)
	require.Error(t, err, "what has facts must run")
	_, err = check.Run(nil)
	require.Error(t, err, "the check itself is not changed")
}
