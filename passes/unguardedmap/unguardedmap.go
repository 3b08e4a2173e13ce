package unguardedmap

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/mapguard/mapguard/internal/domain"
	"github.com/mapguard/mapguard/internal/summary"
)

// pageURL is the page about the check, for editors.
const pageURL = "https://github.com/mapguard/mapguard/blob/main/docs/unguardedmap.md"

//go:embed doc.go
var source string

// Analyzer reports maps that two goroutines can touch with no lock in common.
var Analyzer = &analysis.Analyzer{
	Name:     "unguardedmap",
	Doc:      extractDoc(source),
	URL:      pageURL,
	Requires: []*analysis.Analyzer{summary.Analyzer},
	Run:      run,
}

func init() {
	Analyzer.Flags.BoolVar(&summary.WithStd, "std", false, "analyse packages of the standard library, too")
}

func run(pass *analysis.Pass) (any, error) {
	res := pass.ResultOf[summary.Analyzer].(*summary.Result)
	for _, e := range res.Errors {
		msg, _, _ := strings.Cut(e.Err.Error(), "\n")
		pass.Report(analysis.Diagnostic{Pos: e.Pos, Category: "internal", Message: fmt.Sprintf("mapguard: internal error in %s, which was skipped: %s", e.Func, msg)})
	}
	r := &reporter{pass: pass, res: res, said: map[string]bool{}}
	own := &ownership{prefix: res.Path + ".", known: map[domain.Sym]bool{}}
	for _, f := range res.Funcs {
		for _, group := range activation(f, own) {
			r.races(slices.DeleteFunc(judge(group, true), r.elsewhere))
		}
	}
	for _, group := range shared(res, own) {
		r.location(group)
	}
	r.flush()
	return nil, nil
}

// extractDoc returns the text of the package comment from the line after its "# Analyzer" heading.
func extractDoc(src string) string {
	_, doc, _ := strings.Cut(src, "# Analyzer unguardedmap\n//\n")
	doc, _, _ = strings.Cut(doc, "\npackage ")
	var b strings.Builder
	for line := range strings.Lines(doc) {
		b.WriteString(strings.TrimPrefix(strings.TrimPrefix(line, "//"), " "))
	}
	return strings.TrimSpace(b.String())
}
