package unguardedmap

import (
	"cmp"
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/mapguard/mapguard/internal/domain"
	"github.com/mapguard/mapguard/internal/edit"
	"github.com/mapguard/mapguard/internal/pairs"
	"github.com/mapguard/mapguard/internal/report"
)

// newLock is a lock for maps that have none, with every access in the package under it. The maps of one struct share one.
//
// It is safe because the lock is new: nobody holds it, and no section of it calls what takes it (edit.Hold). It is complete because the maps have no other
// names: each use of them in the package is an access that is mended, or there is no fix.
type newLock struct {
	owner types.Object // of the fields; nil for a variable
	maps  []*types.Var
	decls []*edit.Declaration
	uses  []*edit.Use
	name  string
	holds []*edit.Hold
	racy  map[token.Pos]bool // for a local variable, the accesses that can overlap with another
	// passed are the functions that get a local map as an argument, by the use that hands it on; shares are the statements that start them.
	passed map[*edit.Use]*edit.Passed
	shares []ast.Node
	parts  map[*types.Var]*newLock // see divide
	edits  []analysis.TextEdit
	why    string
}

// fresh notes that the map of a has no lock, all being what touches it. It returns the lock to be, or why there can be none.
func (m *mender) fresh(a *pairs.Touch, all []*pairs.Touch) (*newLock, string) {
	if a.Kind >= domain.OperandRead {
		return nil, ""
	}
	byContent := slices.Clone(all)
	slices.SortStableFunc(byContent, func(a, b *pairs.Touch) int { return cmp.Compare(a.Kind.Class(), b.Kind.Class()) })
	for _, t := range byContent {
		if len(t.Locks.Sure()) > 0 && !pairs.Setup(t) {
			return nil, fmt.Sprintf("at %s it is %s %s, and whether that lock is for it is not clear", report.Line(t.Pos), t.Kind, report.Held(t.Locks))
		}
	}
	obj := m.holder(a)
	if obj == nil {
		return nil, m.whyUnnamed(a)
	}
	if obj.Kind() == types.ParamVar && !m.inLiteral(a, obj) {
		passed, why := edit.PassedBy(m.sections(), obj, m.startedBy(a))
		if why != "" {
			return nil, why
		}
		obj = passed.Arg
	}
	decl := edit.Declared(m.sections(), obj)
	if decl == nil {
		return nil, "the map is declared in another package"
	}
	if why := m.reachable(obj, decl); why != "" {
		return nil, why
	}
	owner := decl.Owner()
	if obj.IsField() && owner == nil {
		return nil, "the map is in a struct whose type has no name"
	}
	l := m.newLock(owner, obj)
	if !slices.Contains(l.maps, obj) {
		l.maps, l.decls = append(l.maps, obj), append(l.decls, decl)
	}
	for _, t := range all {
		l.racy[m.res.At(t.Pos)] = l.racy[m.res.At(t.Pos)] || overlaps(t, all)
	}
	return l, ""
}

func (m *mender) newLock(owner types.Object, obj *types.Var) *newLock {
	for _, l := range m.locks {
		if owner != nil && l.owner == owner || slices.Contains(l.maps, obj) {
			return l
		}
	}
	l := &newLock{owner: owner, racy: map[token.Pos]bool{}}
	m.locks = append(m.locks, l)
	return l
}

// holder returns the variable or field that holds the map of a, nil if that can't be told.
func (m *mender) holder(a *pairs.Touch) *types.Var {
	loc := strings.TrimRight(a.Path.Loc().String(), "[]")
	if loc == "" {
		return m.named(m.res.At(a.Pos))
	}
	rest, ok := strings.CutPrefix(loc, m.pass.Pkg.Path()+".")
	if !ok || strings.Contains(rest, "[") {
		return nil
	}
	name, below, _ := strings.Cut(rest, ".")
	obj := m.pass.Pkg.Scope().Lookup(name)
	v, _ := obj.(*types.Var)
	if obj == nil || below == "" {
		return v
	}
	t := obj.Type()
	for name := range strings.SplitSeq(below, ".") {
		f, _, _ := types.LookupFieldOrMethod(t, true, m.pass.Pkg, name)
		if v, ok = f.(*types.Var); !ok {
			return nil
		}
		t = v.Type()
	}
	return v.Origin()
}

// named returns the local variable whose map is touched at pos.
func (m *mender) named(pos token.Pos) *types.Var {
	site := edit.Find(m.sections(), pos)
	if site == nil {
		return nil
	}
	e := site.Touched()
	if e == nil {
		return nil
	}
	for {
		x, ok := ast.Unparen(e).(*ast.IndexExpr)
		if !ok {
			break
		}
		e = x.X
	}
	id, ok := ast.Unparen(e).(*ast.Ident)
	if !ok {
		return nil
	}
	v, _ := m.pass.TypesInfo.Uses[id].(*types.Var)
	return v
}

// reachable returns why the uses of obj in this package may not be all that there are.
func (m *mender) reachable(obj *types.Var, decl *edit.Declaration) string {
	if why := m.foreign(decl.File); why != "" {
		return why
	}
	global := obj.IsField() || obj.Parent() == m.pass.Pkg.Scope()
	if global && obj.Exported() && m.pass.Pkg.Name() != "main" {
		return fmt.Sprintf("%s is exported, and other packages may use it without the lock", obj.Name())
	}
	if _, isMap := obj.Type().Underlying().(*types.Map); !isMap {
		return fmt.Sprintf("%s is no map itself", obj.Name())
	}
	if !global || m.pass.ReadFile == nil {
		return ""
	}
	return m.uncompiled(obj.Name())
}

// uncompiled names a file of the package that is not compiled here and mentions a name.
func (m *mender) uncompiled(name string) string {
	word := regexp.MustCompile(`\b` + regexp.QuoteMeta(name) + `\b`)
	for _, file := range m.pass.IgnoredFiles {
		if filepath.Ext(file) != ".go" || strings.HasSuffix(file, "_test.go") {
			continue
		}
		if text, err := m.pass.ReadFile(file); err != nil || word.Match(text) {
			return fmt.Sprintf("%s is not compiled here, and may use the map, too", filepath.Base(file))
		}
	}
	return ""
}

// gather finds all uses of the maps of l, and the holds that they need.
func (m *mender) gather(l *newLock) {
	if l.owner != nil {
		if l.why = edit.Copied(m.sections(), l.owner.Type()); l.why != "" {
			return
		}
	}
	for _, obj := range l.maps {
		l.uses = append(l.uses, m.uses(obj)...)
	}
	m.follow(l)
	l.name = m.nameFor(l)
	for i, obj := range l.maps {
		for _, u := range l.uses {
			if u.Obj != obj || l.passed[u] != nil {
				continue
			}
			if l.local(m) && m.alone(l, u, l.uses, l.decls[i]) || u.Unpublished(m.sections()) {
				continue
			}
			if l.why == "" && u.Why != "" {
				l.why = fmt.Sprintf("at line %d %s", m.pass.Fset.Position(u.Expr.Pos()).Line, u.Why)
			}
			if u.Site != nil {
				m.gatherUse(l, obj, u)
			}
		}
	}
	m.gatherPassed(l)
}

func (m *mender) gatherUse(l *newLock, obj *types.Var, u *edit.Use) {
	if why := m.foreign(u.Site.File()); why != "" {
		l.why = why
		return
	}
	lock := edit.Lock{Text: l.name, RW: true}
	if sel, ok := u.Expr.(*ast.SelectorExpr); ok {
		between := ""
		if s := m.pass.TypesInfo.Selections[sel]; s != nil && len(s.Index()) > 1 {
			between = m.embedded(s, l.owner.Pkg().Path()+"."+l.owner.Name())
		}
		if !m.plain(sel.X) {
			l.why = fmt.Sprintf("at line %d %s has no fixed value", m.pass.Fset.Position(sel.Pos()).Line, types.ExprString(sel.X))
			return
		}
		lock.Base, lock.Text = sel.X, types.ExprString(sel.X)+between+"."+l.name
	}
	u.Site.Map = obj.Name()
	for _, h := range l.holds {
		if h.Sites[0].Beside(u.Site) && h.Lock.Text == lock.Text {
			for _, s := range h.Sites {
				if s.Node == u.Site.Node {
					s.Write = s.Write || u.Site.Write
					return
				}
			}
			h.Sites = append(h.Sites, u.Site)
			return
		}
	}
	l.holds = append(l.holds, &edit.Hold{Pkg: m.sections(), Lock: lock, Sites: []*edit.Site{u.Site}})
}

// alone reports whether a use of a local variable needs no lock: it comes before any function that shares the variable is made, or after all of them were
// waited for, and nothing was found to overlap with it.
func (m *mender) alone(l *newLock, u *edit.Use, all []*edit.Use, decl *edit.Declaration) bool {
	if u.InLiteralOf(decl) || u.Site != nil && l.racy[u.Site.Pos()] {
		return false
	}
	first, last := token.NoPos, token.NoPos
	for _, n := range l.sharing(all, decl) {
		if first == token.NoPos || n.Pos() < first {
			first = n.Pos()
		}
		last = max(last, n.End())
	}
	switch {
	case !first.IsValid():
		return false
	case u.Expr.Pos() < first:
		return !u.LoopsWith(decl, first)
	}
	return u.Expr.Pos() > last && u.WaitedFor(m.sections(), decl, last)
}

// make makes the edits of a new lock.
func (m *mender) make(l *newLock) {
	if l.why != "" {
		return
	}
	var names []string
	for _, v := range l.maps {
		names = append(names, v.Name())
	}
	first := l.decls[0]
	for _, d := range l.decls {
		if d.Obj.Pos() < first.Obj.Pos() {
			first = d
		}
	}
	slices.Sort(names)
	pkg, imports := edit.Imported(m.pass.TypesInfo, first.File, "sync"), map[*ast.File][]string{}
	if pkg == "" {
		pkg, imports[first.File] = "sync", []string{"sync"}
	}
	if first.Obj.Kind() == types.ParamVar {
		l.edits, l.why = first.LockHere(l.name, pkg+".RWMutex", l.sharing(l.uses, first))
	} else {
		l.edits, l.why = first.Lock(l.name, pkg+".RWMutex", strings.Join(names, " and "))
	}
	if l.why != "" {
		return
	}
	m.handOn(l, imports)
	for _, h := range l.holds {
		edits, why := h.Edits()
		if why != "" {
			l.why = fmt.Sprintf("the access at line %d can't be put under a new lock: %s", m.pass.Fset.Position(h.Sites[0].Node.Pos()).Line, why)
			for _, h := range l.holds {
				h.Release(nil)
			}
			return
		}
		l.edits = append(l.edits, edits...)
		for file, paths := range h.Imports {
			imports[file] = append(imports[file], paths...)
		}
	}
	l.edits = append(l.edits, importEdits(m.pass.Fset, imports)...)
}

// importEdits adds the imports that files need, each once.
func importEdits(fset *token.FileSet, imports map[*ast.File][]string) []analysis.TextEdit {
	var out []analysis.TextEdit
	files := slices.SortedFunc(maps.Keys(imports), func(a, b *ast.File) int { return int(a.Package - b.Package) })
	for _, file := range files {
		paths := slices.Clone(imports[file])
		slices.Sort(paths)
		for _, p := range slices.Compact(paths) {
			out = append(out, edit.Import(fset, file, p))
		}
	}
	return out
}

// overlaps reports whether some access can run beside t and conflicts with it.
func overlaps(t *pairs.Touch, all []*pairs.Touch) bool {
	return slices.ContainsFunc(all, func(o *pairs.Touch) bool {
		return (o != t || t.Many) && domain.MayRace(t.Access, o.Access) && pairs.SameMemory(t, o) && pairs.Parallel(t, o)
	})
}
