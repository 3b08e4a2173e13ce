package unguardedmap

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"strings"

	"github.com/mapguard/mapguard/internal/domain"
	"github.com/mapguard/mapguard/internal/edit"
	"github.com/mapguard/mapguard/internal/pairs"
	"github.com/mapguard/mapguard/internal/summary"
)

// lockAt returns the guard as it is written at a site, or why it can't be named there.
func (m *mender) lockAt(site *edit.Site, guard domain.Guard, t *pairs.Touch) (edit.Lock, string) {
	loc := guard.Loc.String()
	if guard.Owner == 0 {
		return m.variable(loc)
	}
	owner := guard.Owner.String()
	rest := strings.TrimPrefix(loc, owner+".")
	if strings.Contains(rest, "[") {
		return edit.Lock{}, "which lock of several it is can't be told"
	}
	base, between := m.base(site, owner)
	if base == nil {
		base = m.parameter(site, owner, t)
	}
	if base == nil {
		return edit.Lock{}, fmt.Sprintf("the %s that has the lock has no name there", owner[strings.LastIndex(owner, ".")+1:])
	}
	if !m.plain(base) {
		return edit.Lock{}, fmt.Sprintf("%s has no fixed value there", types.ExprString(base))
	}
	text := types.ExprString(base) + between
	t0 := m.pass.TypesInfo.TypeOf(base)
	for name := range strings.SplitSeq(strings.TrimPrefix(between, "."), ".") {
		if name != "" {
			t0 = fieldType(t0, name, m.pass.Pkg)
		}
	}
	if m.promoted(loc) {
		return m.usable(edit.Lock{Text: text, Base: base}, t0)
	}
	for name := range strings.SplitSeq(rest, ".") {
		if t0 = fieldType(t0, name, m.pass.Pkg); t0 == nil {
			return edit.Lock{}, "the lock belongs to another package"
		}
		text += "." + name
	}
	return m.usable(edit.Lock{Text: text, Base: base}, t0)
}

// usable completes a lock of the type t.
func (m *mender) usable(l edit.Lock, t types.Type) (edit.Lock, string) {
	if t == nil || !m.niladic(t, "Lock") || !m.niladic(t, "Unlock") {
		return l, "the lock's type has no Lock and Unlock"
	}
	l.RW = m.niladic(t, "RLock") && m.niladic(t, "RUnlock")
	return l, ""
}

func (m *mender) niladic(t types.Type, name string) bool {
	obj, _, _ := types.LookupFieldOrMethod(t, true, m.pass.Pkg, name)
	fn, ok := obj.(*types.Func)
	return ok && fn.Signature().Params().Len() == 0 && fn.Signature().Results().Len() == 0
}

// variable returns the lock in a package variable.
func (m *mender) variable(loc string) (edit.Lock, string) {
	rest, ok := strings.CutPrefix(loc, m.pass.Pkg.Path()+".")
	if !ok {
		return edit.Lock{}, "the lock belongs to another package"
	}
	if strings.Contains(rest, "[") {
		return edit.Lock{}, "which lock of several it is can't be told"
	}
	name, below, _ := strings.Cut(rest, ".")
	obj := m.pass.Pkg.Scope().Lookup(name)
	if obj == nil {
		return edit.Lock{}, "the lock can't be named there"
	}
	t := obj.Type()
	for name := range strings.SplitSeq(below, ".") {
		if name != "" {
			t = fieldType(t, name, m.pass.Pkg)
		}
	}
	return m.usable(edit.Lock{Text: rest}, t)
}

func fieldType(t types.Type, name string, pkg *types.Package) types.Type {
	if t == nil {
		return nil
	}
	obj, _, _ := types.LookupFieldOrMethod(t, true, pkg, name)
	if v, ok := obj.(*types.Var); ok {
		return v.Type()
	}
	return nil
}

// promoted reports whether the package takes the lock by the methods that it promotes: s.Lock(), not s.Mutex.Lock().
func (m *mender) promoted(loc string) bool {
	field := loc[strings.LastIndex(loc, ".")+1:]
	for _, fn := range m.sections().Funcs {
		for _, op := range fn.Ops {
			if op.Key == loc {
				sel, ok := op.Lock.(*ast.SelectorExpr)
				return !ok || sel.Sel.Name != field
			}
		}
	}
	return false
}

// base finds the object of the named type that the map at a site hangs on, nearest to the map; between is the embedded fields below it that the source
// leaves out.
func (m *mender) base(site *edit.Site, owner string) (base ast.Expr, between string) {
	for _, e := range operands(site.Node) {
		for e != nil && base == nil {
			if m.is(m.pass.TypesInfo.TypeOf(e), owner) {
				return e, ""
			}
			switch x := e.(type) {
			case *ast.SelectorExpr:
				if sel := m.pass.TypesInfo.Selections[x]; sel != nil && len(sel.Index()) > 1 {
					if between := m.embedded(sel, owner); between != "" {
						return x.X, between
					}
				}
				e = x.X
			case *ast.IndexExpr:
				e = x.X
			case *ast.StarExpr:
				e = x.X
			case *ast.ParenExpr:
				e = x.X
			case *ast.UnaryExpr:
				e = x.X
			case *ast.CallExpr:
				if len(x.Args) == 0 {
					e = nil
				} else {
					e = x.Args[0]
				}
			default:
				e = nil
			}
		}
	}
	return nil, ""
}

// operands returns the expressions of an operation that may lead to the map.
func operands(n ast.Node) []ast.Expr {
	switch n := n.(type) {
	case *ast.IndexExpr:
		return []ast.Expr{n.X}
	case *ast.RangeStmt:
		return []ast.Expr{n.X}
	case *ast.CallExpr:
		var out []ast.Expr
		if sel, ok := ast.Unparen(n.Fun).(*ast.SelectorExpr); ok {
			out = append(out, sel) // promoted methods tell of embedded fields
		}
		return append(out, n.Args...)
	case *ast.SelectorExpr:
		return []ast.Expr{n}
	}
	return nil
}

// embedded returns the fields that a selection passes on its way to the object of the named type.
func (m *mender) embedded(sel *types.Selection, owner string) string {
	t, text := sel.Recv(), ""
	for _, i := range sel.Index()[:len(sel.Index())-1] {
		if p, ok := t.Underlying().(*types.Pointer); ok {
			t = p.Elem()
		}
		st, ok := t.Underlying().(*types.Struct)
		if !ok {
			return ""
		}
		text += "." + st.Field(i).Name()
		t = st.Field(i).Type()
		if m.is(t, owner) {
			return text
		}
	}
	return ""
}

// is reports whether t is the named type, or a pointer to it.
func (m *mender) is(t types.Type, owner string) bool {
	if t == nil {
		return false
	}
	if p, ok := types.Unalias(t).(*types.Pointer); ok {
		t = p.Elem()
	}
	n, ok := types.Unalias(t).(*types.Named)
	return ok && n.Obj().Pkg() != nil && n.Origin().Obj().Pkg().Path()+"."+n.Obj().Name() == owner
}

// parameter returns the receiver or parameter that the map hangs on, where the function reaches the map under another name.
func (m *mender) parameter(site *edit.Site, owner string, t *pairs.Touch) ast.Expr {
	if t == nil {
		return nil
	}
	root := t.Path.Root
	if root.Kind != domain.Param || len(t.Chain) > 0 || t.Spawn != nil {
		return nil
	}
	decl, ok := site.Func().(*ast.FuncDecl)
	if !ok {
		return nil
	}
	var names []*ast.Ident
	if decl.Recv != nil && len(decl.Recv.List) == 1 && len(decl.Recv.List[0].Names) == 1 {
		names = append(names, decl.Recv.List[0].Names[0])
	}
	for _, f := range decl.Type.Params.List {
		names = append(names, f.Names...)
	}
	if int(root.Index) >= len(names) || !m.is(m.pass.TypesInfo.TypeOf(names[root.Index]), owner) {
		return nil
	}
	return names[root.Index]
}

// plain reports whether e can be written again, with the same value and no effect.
func (m *mender) plain(e ast.Expr) bool {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name != "_"
	case *ast.SelectorExpr:
		return m.plain(e.X)
	case *ast.StarExpr:
		return m.plain(e.X)
	case *ast.ParenExpr:
		return m.plain(e.X)
	case *ast.IndexExpr:
		return m.plain(e.X) && m.plain(e.Index) && !summary.IsMap(m.pass.TypesInfo.TypeOf(e.X))
	case *ast.BasicLit:
		return e.Kind == token.INT
	}
	return false
}
