package rlockwrite

import (
	_ "embed"

	"golang.org/x/tools/go/analysis"

	"github.com/mapguard/mapguard/internal/pairs"
	"github.com/mapguard/mapguard/internal/report"
	"github.com/mapguard/mapguard/internal/summary"
)

//go:embed doc.go
var source string

// Analyzer reports maps that are written while their guard is only read-locked.
var Analyzer = &analysis.Analyzer{
	Name:     "rlockwrite",
	Doc:      report.Doc(source, "rlockwrite"),
	URL:      report.URL("rlockwrite"),
	Requires: []*analysis.Analyzer{summary.Analyzer},
	Run:      run,
}

func run(pass *analysis.Pass) (any, error) {
	res := summary.Of(pass)
	c := &checker{pass: pass, res: res, out: report.New(pass)}
	pool := pairs.New(res)
	pool.Strays = true
	for _, f := range res.Funcs {
		for _, group := range pool.Activation(f) {
			c.group(group, func(a, b *pairs.Touch) bool { return pairs.SameMemory(a, b) && pairs.Parallel(a, b) })
		}
	}
	for _, group := range pool.Shared() {
		c.group(group, pairs.Overlap)
	}
	c.out.Flush()
	return nil, nil
}
