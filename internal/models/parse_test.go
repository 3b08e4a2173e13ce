package models_test

import (
	"go/types"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/mapguard/mapguard/internal/models"
)

func file(t *testing.T, text string) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "models.txt")
	require.NoError(t, os.WriteFile(name, []byte(text), 0o666))
	return name
}

// TestMistakes holds what a bad row is answered with: the place, and what to do.
func TestMistakes(t *testing.T) {
	for row, want := range map[string]string{
		"Go spawn 0 once":                             "Go names nothing: write import/path.Function",
		"example.com/a.Go":                            "has no effect",
		"example.com/a.Go run 0":                      `there is no effect "run": the effects are lock,`,
		"example.com/a.Go spawn 0":                    "spawn wants to know how often it runs",
		"example.com/a.Go spawn once":                 "spawn wants the number of an argument",
		"example.com/a.Go spawn 0 once key=x":         "key= wants the number of an argument",
		"example.com/a.Go spawn 0 once twice":         `"twice" has no place behind spawn`,
		"example.com/a.Go spawn -1 once":              `"-1" has no place behind spawn`,
		"example.com/a.Go wait;":                      "an effect is empty",
		"example.com/a.Go once 0":                     "once wants key=",
		"example.com/a.Keep put 0":                    "put wants key=",
		"(*example.com/a.T).F called many":            "called stands alone",
		"example.com/a.F called many; serve":          "called stands alone",
		"*.Go*(example.com/a.T) spawn 0 once":         "a pattern has the effect methods alone",
		"example.com/a.F asserts":                     "asserts wants the number of an argument",
		"example.com/a.F noreturn 0":                  `"0" has no place behind noreturn`,
		"a/b.F wait\n\n# no more\na/b.F spawn 0 once": ":4: a/b.F has a row in line 1 already",
	} {
		_, err := models.Pin(file(t, row))
		require.Error(t, err, row)
		assert.ErrorContains(t, err, want)
		assert.Regexp(t, `models\.txt:\d+: `, err.Error())
	}
}

// TestUse adds a row and changes one, and refuses a file that is not what it was.
func TestUse(t *testing.T) {
	t.Cleanup(func() { require.NoError(t, models.Use("")) })
	run := function("example.com/async", "Run")
	_, known := models.Of(run)
	assert.False(t, known)

	name := file(t, "example.com/async.Run spawn 0 many # on its pool\ntime.AfterFunc call 1\n")
	spec, err := models.Pin(name)
	require.NoError(t, err)
	require.NoError(t, models.Use(spec))
	effects, known := models.Of(run)
	require.True(t, known)
	assert.Equal(t, models.Spawn, effects[0].Kind)
	assert.Equal(t, models.Many, effects[0].Times)
	effects, _ = models.Of(function("time", "AfterFunc"))
	assert.Equal(t, models.Call, effects[0].Kind, "a row of the user's stands for ours")
	_, known = models.Of(function("context", "AfterFunc"))
	assert.True(t, known, "the others stay")

	require.NoError(t, models.Use(""))
	require.NoError(t, os.WriteFile(name, []byte("time.AfterFunc noreturn\n"), 0o666))
	assert.ErrorContains(t, models.Use(spec), "is not what it was")
	require.NoError(t, models.Use(name), "without a hash anything goes")
	assert.ErrorContains(t, models.Use("none.txt"), "give the whole path")
}

func function(path, name string) *types.Func {
	pkg := types.NewPackage(path, name)
	return types.NewFunc(0, pkg, name, types.NewSignatureType(nil, nil, nil, nil, nil, false))
}

// BenchmarkUnknown is the look-up that nearly every call costs: it must make no strings.
func BenchmarkUnknown(b *testing.B) {
	fn := function("example.com/async", "Run")
	b.ReportAllocs()
	for b.Loop() {
		models.Of(fn)
	}
}

func TestLookupsMakeNothing(t *testing.T) {
	for _, fn := range []*types.Func{function("example.com/async", "Run"), function("time", "Now"), function("time", "AfterFunc")} {
		assert.Zero(t, testing.AllocsPerRun(100, func() { models.Of(fn) }), fn.FullName())
	}
}
