package unguardedmap_test

import (
	"go/ast"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/mapguard/mapguard/internal/barepass"
	"github.com/mapguard/mapguard/passes/unguardedmap"
)

// minRacesFound is how many of the 24 races of map_test.go must be found.
const minRacesFound = 24

// TestRaceDetectorsOwnTests counts findings in the tests of the race detector, which every Go installation has: functions named TestRace…
// race, those named TestNoRace… don't.
func TestRaceDetectorsOwnTests(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(runtime.GOROOT(), "src/runtime/race/testdata/*_test.go"))
	require.NoError(t, err)
	require.NotEmpty(t, files, "no GOROOT with its sources")
	pkg, err := barepass.Load("race_test", files, "race")
	require.NoError(t, err)
	diags, err := barepass.Run(unguardedmap.Analyzer, pkg)
	require.NoError(t, err)

	found := map[string]string{}
	for _, d := range diags {
		for _, file := range pkg.Files {
			for _, decl := range file.Decls {
				if fn, ok := decl.(*ast.FuncDecl); ok && fn.Pos() <= d.Pos && d.Pos < fn.End() {
					found[fn.Name.Name] = d.Message
				}
			}
		}
	}
	races, hits, quiet := 0, 0, 0
	for _, file := range pkg.Files {
		inMaps := filepath.Base(pkg.Fset.Position(file.Pos()).Filename) == "map_test.go"
		for _, decl := range file.Decls {
			fn, ok := decl.(*ast.FuncDecl)
			if !ok {
				continue
			}
			name, msg := fn.Name.Name, found[fn.Name.Name]
			switch {
			case strings.HasPrefix(name, "TestNoRace"):
				quiet++
				assert.Empty(t, msg, "%s does not race", name)
			case strings.HasPrefix(name, "TestRace") && inMaps:
				races++
				if msg == "" {
					t.Logf("not found: %s", name)
				} else {
					hits++
				}
			}
		}
	}
	t.Logf("%d of %d map races found, %d functions without a race seen", hits, races, quiet)
	assert.Equal(t, 24, races, "map_test.go has changed")
	assert.Greater(t, quiet, 120, "the folder has changed")
	assert.GreaterOrEqual(t, hits, minRacesFound)
}
