package unguardedmap

import (
	"fmt"
	"go/ast"
	"go/types"
	"path/filepath"
	"slices"
	"strings"

	"github.com/mapguard/mapguard/internal/domain"
	"github.com/mapguard/mapguard/internal/edit"
	"github.com/mapguard/mapguard/internal/pairs"
)

// whyUnnamed says why no variable of this package holds the map of a.
func (m *mender) whyUnnamed(a *pairs.Touch) string {
	if loc := a.Path.Loc(); loc != 0 && !strings.HasPrefix(loc.String(), m.pass.Pkg.Path()+".") {
		return "the map is declared in another package"
	}
	return "it is not clear which variable holds the map"
}

// inLiteral reports whether a is in a function literal that captures obj.
func (m *mender) inLiteral(a *pairs.Touch, obj *types.Var) bool {
	site, decl := edit.Find(m.sections(), m.res.At(a.Pos)), edit.Declared(m.sections(), obj)
	return site != nil && decl != nil && site.InLiteral() && m.sections().At(obj.Pos()) != m.sections().At(m.res.At(a.Pos))
}

// follow finds the functions that a local map is passed to, and what they do with it.
func (m *mender) follow(l *newLock) {
	l.passed = map[*edit.Use]*edit.Passed{}
	if !l.local(m) {
		return
	}
	for _, u := range slices.Clone(l.uses) {
		p := edit.ByCall(m.sections(), u)
		if p == nil {
			continue
		}
		l.passed[u] = p
		if p.Shares != nil {
			l.shares = append(l.shares, p.Shares)
		}
		l.uses = append(l.uses, m.uses(p.Param)...)
	}
}

// gatherPassed puts the accesses of the functions under the lock that follow has found.
func (m *mender) gatherPassed(l *newLock) {
	for _, p := range l.passed {
		for _, u := range m.uses(p.Param) {
			if l.why == "" && u.Why != "" {
				l.why = fmt.Sprintf("at line %d %s", m.pass.Fset.Position(u.Expr.Pos()).Line, u.Why)
			}
			if u.Site != nil {
				m.gatherUse(l, p.Param, u)
			}
		}
	}
}

// sharing returns what may run beside the function that declares a local map: the literals that capture it, and the calls that are started with it.
func (l *newLock) sharing(uses []*edit.Use, decl *edit.Declaration) []ast.Node {
	out := slices.Clone(l.shares)
	for _, u := range uses {
		if lit := u.LiteralIn(decl); u.Obj == decl.Obj && lit != nil {
			out = append(out, lit)
		}
	}
	return out
}

// handOn hands the lock on with the map.
func (m *mender) handOn(l *newLock, imports map[*ast.File][]string) {
	sync := func(file *ast.File) string {
		pkg := edit.Imported(m.pass.TypesInfo, file, "sync")
		if pkg == "" {
			pkg, imports[file] = "sync", append(imports[file], "sync")
		}
		return pkg
	}
	done := map[*types.Var]bool{}
	for _, u := range l.uses {
		if p := l.passed[u]; p != nil && !done[p.Param] {
			done[p.Param] = true
			if why := m.foreignCalls(p); why != "" {
				l.why = why
			}
			l.edits = append(l.edits, p.Edits(l.name, sync)...)
		}
	}
	for pos, racy := range l.racy {
		known := slices.ContainsFunc(l.uses, func(u *edit.Use) bool { return u.Site != nil && u.Site.Pos() == pos })
		if racy && !known && len(l.passed) > 0 {
			l.why = fmt.Sprintf("at line %d the map is touched under another name", m.pass.Fset.Position(pos).Line)
		}
	}
}

// foreignCalls returns why the function and its calls can't all be edited.
func (m *mender) foreignCalls(p *edit.Passed) string {
	for _, file := range p.Files() {
		if why := m.foreign(file); why != "" {
			return why
		}
	}
	name := p.Decl.Name.Name
	if test := m.unseenTest(filepath.Dir(m.pass.Fset.Position(p.File.Package).Filename), name); test != "" {
		return fmt.Sprintf("%s is not analysed here, and may call %s", test, name)
	}
	if m.pass.ReadFile == nil {
		return ""
	}
	return m.uncompiled(name)
}

// startedBy returns a test for the call that led to a.
func (m *mender) startedBy(a *pairs.Touch) func(*ast.CallExpr, ast.Node) bool {
	return func(call *ast.CallExpr, by ast.Node) bool {
		return slices.ContainsFunc(a.Chain, func(f domain.Frame) bool {
			pos := m.res.At(f.Pos)
			return pos == call.Lparen || by != nil && pos == by.Pos()
		})
	}
}
