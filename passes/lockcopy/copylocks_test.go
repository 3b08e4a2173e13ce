package lockcopy_test

import (
	"fmt"
	"go/ast"
	"go/build"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/txtar"

	"github.com/mapguard/mapguard/internal/barepass"
	"github.com/mapguard/mapguard/internal/summary"
	"github.com/mapguard/mapguard/passes/lockcopy"
)

// beyond lists what is reported on the inputs of copylocks without a want there, each with why it is true.
var beyond = map[string]string{}

// TestCopylocks holds that all that vet's copylocks wants to see reported on its own inputs is, and nothing more than the lines of beyond. The inputs
// are read where the module of x/tools lies. They don't compile, so summaries can't be made: it is the case of a package that they skip.
func TestCopylocks(t *testing.T) {
	src := copylockInputs(t)
	wants := 0
	for _, dir := range []string{"a", "typeparams", "issue67787", "unfortunate"} {
		files, err := filepath.Glob(filepath.Join(src, dir, "*.go"))
		require.NoError(t, err)
		wants += checkInputs(t, dir, files, "")
	}
	for _, version := range []string{"go1.21", "go1.22"} {
		archive, err := txtar.ParseFile(filepath.Join(src, "forstmt", strings.Replace(version, "1.", "", 1)+".txtar"))
		require.NoError(t, err)
		dir := t.TempDir()
		var files []string
		for _, f := range archive.Files {
			if filepath.Ext(f.Name) == ".go" {
				files = append(files, filepath.Join(dir, f.Name))
				require.NoError(t, os.WriteFile(files[len(files)-1], f.Data, 0o666))
			}
		}
		wants += checkInputs(t, "forstmt", files, version)
	}
	assert.GreaterOrEqual(t, wants, 80, "all inputs are read")
}

func copylockInputs(t *testing.T) string {
	out, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "golang.org/x/tools").Output()
	require.NoError(t, err)
	return filepath.Join(strings.TrimSpace(string(out)), "go/analysis/passes/copylock/testdata/src")
}

var want = regexp.MustCompile("// want [\"`]")

// checkInputs runs the check on the files that this version of Go builds, as one package, and returns the number of wants.
func checkInputs(t *testing.T, path string, files []string, version string) int {
	files = slices.DeleteFunc(files, func(name string) bool {
		ok, err := build.Default.MatchFile(filepath.Dir(name), filepath.Base(name))
		require.NoError(t, err)
		return !ok
	})
	pkg := barepass.LoadBroken(path, files, version)
	wanted := map[string]bool{}
	for _, f := range pkg.Files {
		for _, group := range f.Comments {
			for _, c := range group.List {
				if want.MatchString(c.Text) {
					wanted[line(pkg, c)] = true
				}
			}
		}
	}
	got := map[string]string{}
	for _, d := range copies(t, pkg) {
		at := pkg.Fset.Position(d.Pos)
		got[fmt.Sprintf("%s/%s:%d", path, filepath.Base(at.Filename), at.Line)] = d.Message
	}
	for at := range wanted {
		assert.Contains(t, got, at, "copylocks reports this")
	}
	for at, msg := range got {
		assert.True(t, wanted[at] || beyond[at] != "", "%s: %s", at, msg)
	}
	return len(wanted)
}

func line(pkg *barepass.Package, n ast.Node) string {
	at := pkg.Fset.Position(n.Pos())
	return fmt.Sprintf("%s/%s:%d", pkg.Types.Path(), filepath.Base(at.Filename), at.Line)
}

// copies runs the check as on a package that the summaries skip.
func copies(t *testing.T, pkg *barepass.Package) []analysis.Diagnostic {
	var out []analysis.Diagnostic
	_, err := lockcopy.Analyzer.Run(&analysis.Pass{
		Analyzer: lockcopy.Analyzer, Fset: pkg.Fset, Files: pkg.Files, Pkg: pkg.Types, TypesInfo: pkg.Info,
		ResultOf: map[*analysis.Analyzer]any{summary.Analyzer: &summary.Result{}},
		Report:   func(d analysis.Diagnostic) { out = append(out, d) },
	})
	require.NoError(t, err)
	return out
}
