package summary

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/ssatest"
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
	fset, pkg := ssatest.Build(t, src.String())
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
