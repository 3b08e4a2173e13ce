package passes_test

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestKnownWrongAnswersAreDocumented holds that each FN_ and FP_ fixture has a line in docs/limits.md, and each line a fixture.
func TestKnownWrongAnswersAreDocumented(t *testing.T) {
	name := regexp.MustCompile(`\b(?:FN|FP)_[A-Za-z0-9]+`)
	inFixtures := map[string]bool{}
	err := filepath.WalkDir("testdata/src", func(file string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(file) != ".go" {
			return err
		}
		src, err := os.ReadFile(file)
		for _, n := range name.FindAllString(string(src), -1) {
			inFixtures[n] = true
		}
		return err
	})
	require.NoError(t, err)
	require.NotEmpty(t, inFixtures)
	doc, err := os.ReadFile("../docs/limits.md")
	require.NoError(t, err)
	inDoc := map[string]bool{}
	for _, n := range name.FindAllString(string(doc), -1) {
		inDoc[n] = true
	}
	assert.Equal(t, inFixtures, inDoc)
}
