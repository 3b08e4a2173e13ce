package edit

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"
)

// check is v, ok := m[k], the first half of a LoadOrStore.
type check struct {
	u     *Use
	index *ast.IndexExpr
	set   *ast.AssignStmt
	v, ok *ast.Ident
}

func (s *Switch) check(u *Use) *check {
	x, isIndex := u.around(0).(*ast.IndexExpr)
	a, isAssign := u.around(1).(*ast.AssignStmt)
	if !isIndex || !isAssign || u.Site == nil || len(a.Lhs) != 2 || len(a.Rhs) != 1 || a.Tok != token.DEFINE || ast.Unparen(a.Rhs[0]) != ast.Expr(x) {
		return nil
	}
	c := &check{u: u, index: x, set: a, v: a.Lhs[0].(*ast.Ident), ok: a.Lhs[1].(*ast.Ident)}
	if c.ok.Name == "_" || s.Pkg.Pass.TypesInfo.Defs[c.ok] == nil {
		return nil
	}
	return c
}

// loadOrStore finds a check that is followed by the write that depends on it.
func (s *Switch) loadOrStore(u *Use) *operationOn {
	c := s.check(u)
	if c == nil {
		return nil
	}
	if i, ok := u.Stack[slices.Index(u.Stack, ast.Node(c.set))-1].(*ast.IfStmt); ok && i.Init == ast.Stmt(c.set) {
		if i.Else != nil {
			return nil
		}
		if s.is(i.Cond, c.ok, token.NOT) {
			return s.setIfMissing(c, i)
		}
		return s.leaveIfThere(c, i)
	}
	return s.thenIf(c)
}

// is reports whether cond is the variable, or its negation.
func (s *Switch) is(cond ast.Expr, v *ast.Ident, op token.Token) bool {
	if op == token.NOT {
		n, ok := ast.Unparen(cond).(*ast.UnaryExpr)
		if !ok || n.Op != op {
			return false
		}
		cond = n.X
	}
	id, ok := ast.Unparen(cond).(*ast.Ident)
	return ok && s.Pkg.Pass.TypesInfo.Uses[id] == s.Pkg.Pass.TypesInfo.Defs[v]
}

// setIfMissing is if _, ok := m[k]; !ok { m[k] = v }.
func (s *Switch) setIfMissing(c *check, i *ast.IfStmt) *operationOn {
	if c.v.Name != "_" || len(i.Body.List) != 1 {
		return nil
	}
	w, value := s.writeOf(c, i.Body.List[0])
	if w == nil || !s.steady(value, c) {
		return nil
	}
	return &operationOn{uses: []*Use{c.u, w}, rewrite: func() string {
		if s.hold(c.u).commented(i.Pos(), i.End()) {
			return "a comment stands between the check and the write"
		}
		s.put(replace(i, s.callLoadOrStore(c, value)))
		return ""
	}}
}

// leaveIfThere is if v, ok := m[k]; ok { return v } with m[k] = x right behind it.
func (s *Switch) leaveIfThere(c *check, i *ast.IfStmt) *operationOn {
	at := c.u.Site.inner()
	if !s.is(i.Cond, c.ok, token.ILLEGAL) || !terminates(i.Body) || at.list[at.i] != ast.Stmt(i) || at.i+1 == len(at.list) {
		return nil
	}
	w, value := s.writeOf(c, at.list[at.i+1])
	if w == nil || !s.steady(value, c) || s.names(value, c.v.Name) || s.names(value, c.ok.Name) {
		return nil
	}
	return &operationOn{uses: []*Use{c.u, w}, rewrite: func() string {
		s.put(replace(c.index, s.callLoadOrStore(c, value)))
		return s.remove(w, at.list[at.i+1])
	}}
}

// thenIf is v, ok := m[k] with if !ok { v = x; m[k] = v } right behind it.
func (s *Switch) thenIf(c *check) *operationOn {
	at := c.u.Site.inner()
	if at.list[at.i] != ast.Stmt(c.set) || at.i+1 == len(at.list) {
		return nil
	}
	i, ok := at.list[at.i+1].(*ast.IfStmt)
	if !ok || i.Init != nil || i.Else != nil || !s.is(i.Cond, c.ok, token.NOT) || len(i.Body.List) == 0 {
		return nil
	}
	w, value := s.writeOf(c, i.Body.List[len(i.Body.List)-1])
	switch {
	case w == nil:
		return nil
	case len(i.Body.List) == 2:
		if value = s.valueOf(c, i.Body.List[0], value); value == nil {
			return nil
		}
	case len(i.Body.List) != 1 || c.v.Name != "_":
		return nil
	}
	if !s.steady(value, c) || s.names(value, c.v.Name) || s.names(value, c.ok.Name) {
		return nil
	}
	return &operationOn{uses: []*Use{c.u, w}, rewrite: func() string { return s.joinIf(c, i, value) }}
}

// valueOf returns x of v = x, where v is then stored.
func (s *Switch) valueOf(c *check, stmt ast.Stmt, stored ast.Expr) ast.Expr {
	info := s.Pkg.Pass.TypesInfo
	v := info.Defs[c.v]
	a, ok := stmt.(*ast.AssignStmt)
	id, isIdent := ast.Unparen(stored).(*ast.Ident)
	if !ok || !isIdent || v == nil || info.Uses[id] != v || a.Tok != token.ASSIGN || len(a.Lhs) != 1 || len(a.Rhs) != 1 {
		return nil
	}
	if to, ok := a.Lhs[0].(*ast.Ident); !ok || info.Uses[to] != v {
		return nil
	}
	return a.Rhs[0]
}

func (s *Switch) joinIf(c *check, i *ast.IfStmt, value ast.Expr) string {
	if s.hold(c.u).commented(c.set.End(), i.End()) {
		return "a comment stands between the check and the write"
	}
	call := s.callLoadOrStore(c, value)
	v, ok := c.v.Name, c.ok.Name
	if !s.usedOutside(c.v, i) {
		v = "_"
	}
	if !s.usedOutside(c.ok, i) {
		ok = "_"
	}
	text := fmt.Sprintf("%s, %s := %s", v, ok, call)
	if v == "_" && ok == "_" {
		text = call
	}
	s.put(analysis.TextEdit{Pos: c.set.Pos(), End: i.End(), NewText: []byte(text)})
	return ""
}

// usedOutside reports whether a variable is used anywhere but in n.
func (s *Switch) usedOutside(id *ast.Ident, n ast.Node) bool {
	info := s.Pkg.Pass.TypesInfo
	for use, obj := range info.Uses {
		if obj == info.Defs[id] && obj != nil && !contains(n, use) {
			return true
		}
	}
	return false
}

// writeOf returns the use in a statement m[k] = value, for the map and key of a check.
func (s *Switch) writeOf(c *check, stmt ast.Stmt) (*Use, ast.Expr) {
	a, ok := stmt.(*ast.AssignStmt)
	if !ok || len(a.Lhs) != 1 || len(a.Rhs) != 1 || a.Tok != token.ASSIGN {
		return nil, nil
	}
	for _, w := range s.Uses {
		if x, ok := ast.Unparen(a.Lhs[0]).(*ast.IndexExpr); ok && w.around(0) == ast.Node(x) && s.sameEntry(c.index, x) {
			return w, a.Rhs[0]
		}
	}
	return nil, nil
}

// sameEntry reports whether two expressions are surely of one entry: they are written alike, and nothing is called or received in them.
func (s *Switch) sameEntry(a, b *ast.IndexExpr) bool {
	return types.ExprString(a) == types.ExprString(b) && s.silent(a.Index) && sameObjects(s.Pkg.Pass.TypesInfo, a, b)
}

// sameObjects reports whether the names in two expressions that are written alike mean the same.
func sameObjects(info *types.Info, a, b ast.Node) bool {
	of := func(n ast.Node) (out []types.Object) {
		ast.Inspect(n, func(n ast.Node) bool {
			if id, ok := n.(*ast.Ident); ok {
				out = append(out, info.Uses[id])
			}
			return true
		})
		return out
	}
	return slices.Equal(of(a), of(b))
}

// steady reports whether e can be evaluated where it was not before: it does nothing, waits for nothing and can't panic. What the access itself goes
// through is no nil pointer.
func (s *Switch) steady(e ast.Expr, c *check) bool {
	info, ok := s.Pkg.Pass.TypesInfo, s.silent(e)
	ast.Inspect(e, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.CallExpr:
			id, _ := ast.Unparen(n.Fun).(*ast.Ident)
			ok = ok && !isArrayOf(info.TypeOf(n)) && (id == nil || id.Name != "make" || constant(info, n.Args[1:]))
		case *ast.SelectorExpr:
			sel := info.Selections[n]
			ok = ok && (sel == nil || !sel.Indirect() || s.passed(n.X, c))
		case *ast.IndexExpr, *ast.SliceExpr, *ast.StarExpr, *ast.TypeAssertExpr:
			ok = false
		case *ast.BinaryExpr:
			ok = ok && (n.Op == token.ADD || n.Op == token.SUB || n.Op == token.MUL)
		}
		return ok
	})
	return ok
}

// passed reports whether e is a variable that the access of the check has looked into.
func (s *Switch) passed(e ast.Expr, c *check) bool {
	id, ok := ast.Unparen(e).(*ast.Ident)
	sel, isField := ast.Unparen(c.index.X).(*ast.SelectorExpr)
	if !ok || !isField {
		return false
	}
	base, isIdent := ast.Unparen(sel.X).(*ast.Ident)
	return isIdent && s.Pkg.Pass.TypesInfo.Uses[base] == s.Pkg.Pass.TypesInfo.Uses[id]
}

// silent reports whether e does nothing and waits for nothing.
func (s *Switch) silent(e ast.Expr) bool {
	info, ok := s.Pkg.Pass.TypesInfo, true
	ast.Inspect(e, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.CallExpr:
			id, _ := ast.Unparen(n.Fun).(*ast.Ident)
			builtin := info.Types[n.Fun].IsBuiltin() && id != nil && slices.Contains([]string{"new", "len", "make"}, id.Name)
			ok = ok && (builtin || info.Types[n.Fun].IsType())
		case *ast.UnaryExpr:
			ok = ok && n.Op != token.ARROW
		}
		return ok
	})
	return ok
}

// isArrayOf reports whether a conversion to t may panic.
func isArrayOf(t types.Type) bool {
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = p.Elem()
	}
	_, ok := t.Underlying().(*types.Array)
	return ok
}

func constant(info *types.Info, args []ast.Expr) bool {
	return !slices.ContainsFunc(args, func(e ast.Expr) bool { return info.Types[e].Value == nil })
}

// names reports whether e mentions a name.
func (s *Switch) names(e ast.Expr, name string) bool {
	found := false
	ast.Inspect(e, func(n ast.Node) bool {
		id, ok := n.(*ast.Ident)
		found = found || ok && id.Name == name && name != "_"
		return !found
	})
	return found
}

func (s *Switch) callLoadOrStore(c *check, value ast.Expr) string {
	s.calls["LoadOrStore"] = true
	h := s.hold(c.u)
	return fmt.Sprintf("%s.LoadOrStore(%s, %s)", h.text(c.index.X), h.text(c.index.Index), h.text(value))
}
