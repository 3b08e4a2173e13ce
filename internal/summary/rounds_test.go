package summary

import (
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"
	"golang.org/x/tools/go/ssa/ssautil"
)

// TestRoundsSkipWhatHasSeenNothingNew: in a ring of functions only the call that closes it has seen something that changed later. The rounds over accesses go
// over all of them.
func TestRoundsSkipWhatHasSeenNothingNew(t *testing.T) {
	const n = 40
	src := strings.Builder{}
	src.WriteString("package p\n")
	for i := range n {
		fmt.Fprintf(&src, "func f%d(m map[int]int, n int) { if n > 0 { m[%d] = n; f%d(m, n-1) } }\n", i, i, (i+1)%n)
	}
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "p.go", src.String(), 0)
	require.NoError(t, err)
	pkg, _, err := ssautil.BuildPackage(&types.Config{Importer: importer.Default()}, fset, types.NewPackage("p", "p"), []*ast.File{file}, ssa.BuilderMode(0))
	require.NoError(t, err)
	u := newUnit(&analysis.Pass{Fset: fset, Pkg: pkg.Pkg}, pkg)
	var ring []*ssa.Function
	for i := range n {
		ring = append(ring, pkg.Func(fmt.Sprint("f", n-1-i)))
	}

	var result Result
	u.solve(ring, true, &result)
	assert.Empty(t, result.Errors)
	assert.LessOrEqual(t, u.stats.Functions, n+1+n*maxAccessRounds)
	assert.NotEmpty(t, u.sums[ring[0]].Accesses)
}
