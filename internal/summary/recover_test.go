package summary

import (
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/domain"
	"github.com/mapguard/mapguard/internal/ssatest"
)

// TestPanicIsAnErrorOfItsFunction: an instruction without operands stands for any fault of the analysis.
func TestPanicIsAnErrorOfItsFunction(t *testing.T) {
	const src = `package p; func broken() { println() }; func whole(m map[string]int) { m["a"] = 1 }`
	fset, pkg := ssatest.Build(t, src)
	u := newUnit(&analysis.Pass{Fset: fset, Pkg: pkg.Pkg}, pkg)
	pkg.Func("broken").Blocks[0].Instrs = []ssa.Instruction{&ssa.Store{}}

	var result Result
	for _, name := range []string{"broken", "whole"} {
		require.NotPanics(t, func() { u.solve([]*ssa.Function{pkg.Func(name)}, false, &result) })
	}
	require.Len(t, result.Errors, 1)
	assert.Equal(t, "broken", result.Errors[0].Func)
	assert.ErrorContains(t, result.Errors[0].Err, "nil pointer")
	assert.Equal(t, &domain.Summary{}, u.sums[pkg.Func("broken")], "callers go on with an empty summary")
	assert.Equal(t, "P0 written", u.sums[pkg.Func("whole")].String())
}

// TestPanicIsAnErrorOfItsPackage: what is done before any function is looked at can go wrong, too.
func TestPanicIsAnErrorOfItsPackage(t *testing.T) {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "p.go", "package p\n\nvar m = map[string]int{}\n", 0)
	require.NoError(t, err)
	pass := &analysis.Pass{Fset: fset, Pkg: types.NewPackage("p", "p"), Files: []*ast.File{file}}
	result := &Result{Funcs: []*Func{{Name: "half"}}}
	require.NotPanics(t, func() { result.try(pass, func() { analyse(pass, result) }) }, "there is no type information")
	require.Len(t, result.Errors, 1)
	assert.Equal(t, "package p", result.Errors[0].Func)
	assert.True(t, result.Errors[0].Pos.IsValid())
	assert.Empty(t, result.Whole().Funcs, "half an answer is none")
	assert.Equal(t, token.NoPos, result.At(domain.Pos{}))
}
