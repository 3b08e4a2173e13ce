// Package report words what the checks find and hands it to the driver: in the order of the source, each finding once.
package report

import (
	"cmp"
	"fmt"
	"go/token"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/mapguard/mapguard/internal/domain"
	"github.com/mapguard/mapguard/internal/summary"
)

// page is where the documentation of the checks lies.
const page = "https://github.com/mapguard/mapguard/blob/main/docs/"

// URL returns the address of the page about a check.
func URL(check string) string { return page + check + ".md" }

// Doc returns the user documentation of a check from the source of its doc.go: the text of the package comment after the heading
// "# Analyzer NAME".
func Doc(src, check string) string {
	_, doc, ok := strings.Cut(src, "# Analyzer "+check+"\n//\n")
	if !ok {
		panic("no heading for " + check + " in its doc.go")
	}
	doc, _, _ = strings.Cut(doc, "\npackage ")
	var b strings.Builder
	for line := range strings.Lines(doc) {
		b.WriteString(strings.TrimPrefix(strings.TrimPrefix(line, "//"), " "))
	}
	return strings.TrimSpace(b.String())
}

// Findings collects diagnostics.
type Findings struct {
	pass  *analysis.Pass
	diags []about
	said  map[string]bool
	gaps  bool // some function was not analysed
}

// about is a diagnostic and the memory that it speaks of, "" if that has no name.
type about struct {
	analysis.Diagnostic
	loc string
}

// New returns an empty collection for pass.
func New(pass *analysis.Pass) *Findings {
	return &Findings{pass: pass, said: map[string]bool{}}
}

// Errors adds a diagnostic for each function whose analysis failed, so that its silence isn't taken for a clean bill.
func (f *Findings) Errors(res *summary.Result) {
	for _, e := range res.Errors {
		f.failed(e.Pos, e.Func, e.Err.Error())
	}
}

// Try does the part of a check that is about what is named. What goes wrong in it is a finding that names it, and the rest goes on.
func (f *Findings) Try(pos token.Pos, name string, do func()) (ok bool) {
	defer func() {
		if r := recover(); r != nil {
			if !pos.IsValid() {
				pos = f.pass.Files[0].Package
			}
			f.failed(pos, name, fmt.Sprint(r))
		}
	}()
	do()
	return true
}

func (f *Findings) failed(pos token.Pos, name, text string) {
	msg, _, _ := strings.Cut(text, "\n")
	f.gaps = true
	f.Add("", analysis.Diagnostic{Pos: pos, Category: "internal", Message: fmt.Sprintf("mapguard: internal error in %s, which was skipped: %s", name, msg)})
}

// Add adds d, unless a finding with the same key was added before. An empty key is never the same.
func (f *Findings) Add(key string, d analysis.Diagnostic) { f.AddFor(0, key, d) }

// AddFor is Add for a finding about the memory at loc, which a directive at the declaration of loc silences, too.
func (f *Findings) AddFor(loc domain.Sym, key string, d analysis.Diagnostic) {
	if key != "" && f.said[key] {
		return
	}
	f.said[key] = true
	if d.Category == "" {
		d.Category = f.pass.Analyzer.Name
	}
	d.URL = f.pass.Analyzer.URL
	f.diags = append(f.diags, about{d, loc.String()})
}

// Flush reports everything that no directive silences, and the directives that silence nothing, in the order of the source.
func (f *Findings) Flush() {
	f.silence()
	slices.SortFunc(f.diags, func(a, b about) int {
		pa, pb := f.pass.Fset.Position(a.Pos), f.pass.Fset.Position(b.Pos)
		return cmp.Or(strings.Compare(pa.Filename, pb.Filename), cmp.Compare(pa.Offset, pb.Offset), strings.Compare(a.Message, b.Message))
	})
	for _, d := range f.diags {
		f.pass.Report(d.Diagnostic)
	}
	f.diags = nil
}

// silence drops what directives cover and adds a finding for each directive that covers nothing: left in place, it would hide the next bug there.
func (f *Findings) silence() {
	all := ignores(f.pass)
	pkg := f.pass.Pkg.Path()
	f.diags = slices.DeleteFunc(f.diags, func(d about) bool {
		silent := false
		for _, ig := range all {
			if ig.silences(d.Pos, d.loc, pkg) {
				ig.used, silent = true, true
			}
		}
		return silent
	})
	for _, ig := range all {
		if !ig.used && !f.gaps {
			f.Add("", analysis.Diagnostic{
				Pos: ig.comment.Pos(), End: ig.comment.End(), Category: "ignore",
				Message: fmt.Sprintf("this directive silences no finding of %s: remove it", f.pass.Analyzer.Name),
			})
		}
	}
}

// Short drops the package path of a location: "example.com/srv.Server.mu" is "Server.mu". What is behind an interface is named as in Go, "Server.store.(Table)".
func Short(loc domain.Sym) string {
	text := loc.String()
	if of, typ, rest, ok := behind(text); ok {
		return unqualified(of) + ".(" + unqualified(typ) + ")" + rest
	}
	return unqualified(text)
}

// Behind reports whether loc is that of the object itself that is behind an interface.
func Behind(loc domain.Sym) bool {
	_, _, _, ok := behind(loc.String())
	return ok
}

// behind splits the location of an object behind an interface, or of its elements: "pkg.Server.store.(pkg.Table)[]". What a context has for a key looks like it, but has a constant in
// its brackets.
func behind(text string) (of, typ, elems string, ok bool) {
	inner := strings.TrimRight(text, "[]")
	i := strings.LastIndexByte(inner, '(')
	if i < 0 || !strings.HasSuffix(inner, ")") || !strings.Contains(inner[i:], ".") || strings.Contains(inner[i:], `"`) {
		return "", "", "", false
	}
	return strings.TrimSuffix(inner[:i], "."), inner[i+1 : len(inner)-1], text[len(inner):], true
}

func unqualified(s string) string {
	s = s[strings.LastIndex(s, "/")+1:]
	if _, rest, ok := strings.Cut(s, "."); ok {
		return rest
	}
	return s
}

// Line returns file:line, without the folder.
func Line(p domain.Pos) string {
	return fmt.Sprintf("%s:%d", filepath.Base(p.File.String()), p.Line)
}

// Held says which locks are surely held: "holding no lock", "holding Server.mu for reading".
func Held(locks domain.Lockset) string {
	sure := locks.Sure()
	if len(sure) == 0 {
		return "holding no lock"
	}
	var names []string
	for _, l := range sure {
		name := Short(l.Path.Loc())
		if name == "" {
			name = "a lock of the caller"
		}
		if l.Mode == domain.ReadMode {
			name += " for reading"
		}
		names = append(names, name)
	}
	slices.Sort(names)
	return "holding " + strings.Join(slices.Compact(names), ", ")
}

// Calls names the functions of a chain: "Get -> lookup".
func Calls(chain []domain.Frame) string {
	var names []string
	for _, f := range chain {
		names = append(names, f.Func.String())
	}
	return strings.Join(names, " -> ")
}
