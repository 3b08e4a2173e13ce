package ignoredirective

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/mapguard/mapguard/internal/report"
)

//go:embed doc.go
var source string

// With returns the checks and an analyzer of the directives that silence them. There is one for all of them, so that a mistake is reported once.
func With(checks ...*analysis.Analyzer) []*analysis.Analyzer {
	var names []string
	for _, c := range checks {
		names = append(names, c.Name)
	}
	return append(slices.Clip(checks), &analysis.Analyzer{
		Name: "ignoredirective",
		Doc:  report.Doc(source, "ignoredirective"),
		URL:  report.URL("ignoredirective"),
		Run:  func(pass *analysis.Pass) (any, error) { return nil, run(pass, names) },
	})
}

func run(pass *analysis.Pass, names []string) error {
	for _, f := range pass.Files {
		for _, group := range f.Comments {
			for _, c := range group.List {
				if mistake := check(c.Text, names); mistake != "" {
					pass.Report(analysis.Diagnostic{
						Pos: c.Pos(), End: c.End(), Category: pass.Analyzer.Name, URL: pass.Analyzer.URL, Message: mistake,
					})
				}
			}
		}
	}
	return nil
}

// check says what is wrong with a comment, "" if nothing is.
func check(comment string, names []string) string {
	if rest, ok := strings.CutPrefix(comment, "//"); ok && strings.HasPrefix(strings.TrimLeft(rest, " \t"), report.Directive[2:]+" ") && rest[0] != 'm' {
		return "a directive has no space after the slashes: write " + report.Directive
	}
	checks, reason, ok := report.ParseIgnore(comment)
	if !ok {
		return verb(comment)
	}
	if len(checks) == 0 {
		return fmt.Sprintf("mapguard:ignore names no check: write %s CHECK REASON", report.Directive)
	}
	for _, name := range checks {
		if !slices.Contains(names, name) {
			return fmt.Sprintf("there is no check %s: the checks are %s", name, strings.Join(names, ", "))
		}
	}
	if reason == "" {
		return fmt.Sprintf("mapguard:ignore %s gives no reason, so it silences nothing: say why the code is right", strings.Join(checks, ","))
	}
	return ""
}

// verb says what is wrong with a directive that is not known.
func verb(comment string) string {
	rest, ok := strings.CutPrefix(comment, "//mapguard:")
	if !ok {
		return ""
	}
	name, _, _ := strings.Cut(rest, " ")
	return fmt.Sprintf("there is no directive mapguard:%s, only mapguard:ignore", name)
}
