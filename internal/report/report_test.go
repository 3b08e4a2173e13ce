package report_test

import (
	"errors"
	"go/token"
	"go/types"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/tools/go/analysis"

	"github.com/mapguard/mapguard/internal/domain"
	"github.com/mapguard/mapguard/internal/report"
	"github.com/mapguard/mapguard/internal/summary"
)

// pass returns a pass over a file of 100 bytes, and what is reported to it.
func pass() (*analysis.Pass, *[]analysis.Diagnostic, token.Pos) {
	fset := token.NewFileSet()
	file := fset.AddFile("a.go", -1, 100)
	var got []analysis.Diagnostic
	p := &analysis.Pass{Analyzer: &analysis.Analyzer{Name: "check", URL: "https://example.com/check"}, Fset: fset, Pkg: types.NewPackage("example.com/p", "p"),
		Report: func(d analysis.Diagnostic) { got = append(got, d) }}
	return p, &got, file.Pos(0)
}

func TestFindingsAreSortedAndSaidOnce(t *testing.T) {
	p, got, start := pass()
	f := report.New(p)
	f.Add("b", analysis.Diagnostic{Pos: start + 9, Message: "second"})
	f.Add("a", analysis.Diagnostic{Pos: start + 2, Message: "first"})
	f.Add("a", analysis.Diagnostic{Pos: start + 2, Message: "first, by another way"})
	f.Flush()
	require.Len(t, *got, 2)
	assert.Equal(t, "first", (*got)[0].Message)
	assert.Equal(t, "second", (*got)[1].Message)
	assert.Equal(t, "check", (*got)[0].Category)
	assert.Equal(t, "https://example.com/check", (*got)[0].URL)
}

// A function whose analysis failed is named: its silence is no clean bill.
func TestErrorsNameTheFunction(t *testing.T) {
	p, got, start := pass()
	f := report.New(p)
	f.Errors(&summary.Result{Errors: []summary.FuncError{{Pos: start + 5, Func: "Server.loop", Err: errors.New("index out of range\ngoroutine 1")}}})
	f.Flush()
	require.Len(t, *got, 1)
	assert.Equal(t, "internal", (*got)[0].Category)
	assert.Contains(t, (*got)[0].Message, "internal error in Server.loop, which was skipped: index out of range")
	assert.NotContains(t, (*got)[0].Message, "goroutine 1")
}

// A check that fails on one thing says so and goes on with the next.
func TestTryNamesWhatFailed(t *testing.T) {
	p, got, start := pass()
	f := report.New(p)
	assert.False(t, f.Try(start+3, "Server.m", func() { panic("no such thing") }))
	assert.True(t, f.Try(start+4, "Server.n", func() {}))
	f.Flush()
	require.Len(t, *got, 1)
	assert.Equal(t, start+3, (*got)[0].Pos)
	assert.Contains(t, (*got)[0].Message, "internal error in Server.m, which was skipped: no such thing")
}

func TestShort(t *testing.T) {
	for loc, want := range map[string]string{
		"example.com/srv.Server.mu":                             "Server.mu",
		"example.com/srv.Server.store(example.com/srv.Table)":   "Server.store.(Table)",
		"example.com/srv.Server.store(example.com/srv.Table)[]": "Server.store.(Table)[]",
		"srv.Context.rank(1)":                                   "Context.rank(1)",
		`srv.Context.rank("a.b")`:                               `Context.rank("a.b")`,
	} {
		assert.Equal(t, want, report.Short(domain.Intern(loc)), loc)
	}
}
