package lockcopy

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ast/edge"
	"golang.org/x/tools/go/ast/inspector"
)

// moved reports whether s hands on a value that this function is building and doesn't keep: nobody else has it yet, its lock was
// never used, and the variable is not used again. There is one value before and after.
//
// A value in which nothing but locks could be what the lock is for (holding.alone), and that is copied to a variable, may be used again: until the copy its lock has excluded nobody, and
// after it the two have nothing in common.
//
// A variable that is a bare lock, or was never set to anything, is reported all the same: nothing was built, so the copy is all there is to it.
func (c *checker) moved(s site) bool {
	id := movedVar(s.expr)
	if id == nil {
		return false
	}
	v, ok := c.pass.TypesInfo.Uses[id].(*types.Var)
	if !ok || v.IsField() || v.Parent() == c.pass.Pkg.Scope() {
		return false
	}
	fn := enclosingFunc(s.cur)
	b := building{c: c, v: v, at: s.expr, leaves: leaves(s.cur), stays: s.dest != nil && c.holds.of(s.typ).alone()}
	if fn.Node() == nil || c.isLock(s.typ) || !b.declared(fn) {
		return false
	}
	if loop := enclosingLoop(s.cur); loop != nil && v.Pos() < loop.Pos() && !b.leaves {
		return false // the next round copies it again
	}
	for cur := range fn.Preorder((*ast.Ident)(nil)) {
		if use := cur.Node().(*ast.Ident); c.pass.TypesInfo.Uses[use] == v && use != id && !b.allowed(use, cur, fn) {
			return false
		}
	}
	return b.set
}

// handsBack reports whether the function of s does nothing with its parameter but fill it in and return it.
func (c *checker) handsBack(s site) (back bool) {
	if s.par == nil {
		return false
	}
	for cur := range s.cur.Preorder((*ast.ReturnStmt)(nil)) {
		for _, x := range cur.Node().(*ast.ReturnStmt).Results {
			id, ok := ast.Unparen(x).(*ast.Ident)
			if !ok || c.pass.TypesInfo.Uses[id] != c.pass.TypesInfo.Defs[s.par] {
				continue
			}
			if !c.moved(site{cur: cur, expr: id, typ: s.typ}) {
				return false
			}
			back = true
		}
	}
	return back
}

// movedVar returns the variable that is handed on: v, or *v.
func movedVar(x ast.Expr) *ast.Ident {
	if star, ok := x.(*ast.StarExpr); ok {
		x = ast.Unparen(star.X)
	}
	id, _ := x.(*ast.Ident)
	return id
}

// building is a variable while the function that declares it fills it in.
type building struct {
	c   *checker
	v   *types.Var
	at  ast.Expr // the copy
	set bool     // it has been given something of its own
	// leaves: the copy is in a return.
	leaves bool
	// stays: the value may be used after the copy.
	stays bool
}

// declared finds the declaration of v in fn, and reports whether v starts with a value of its own. That of a parameter is the copy that is reported there.
func (b *building) declared(fn inspector.Cursor) bool {
	_, isPtr := b.v.Type().Underlying().(*types.Pointer)
	for cur := range fn.Preorder((*ast.Ident)(nil)) {
		if b.c.pass.TypesInfo.Defs[cur.Node().(*ast.Ident)] != b.v {
			continue
		}
		switch k, i := cur.ParentEdge(); k {
		case edge.AssignStmt_Lhs:
			rhs := cur.Parent().Node().(*ast.AssignStmt).Rhs
			if len(rhs) <= i {
				i = 0
			}
			b.set = true
			return b.starts(rhs[i], isPtr)
		case edge.ValueSpec_Names:
			values := cur.Parent().Node().(*ast.ValueSpec).Values
			if len(values) == 0 {
				return !isPtr
			}
			b.set = true
			return b.starts(values[min(i, len(values)-1)], isPtr)
		case edge.Field_Names:
			up := cur.Parent().Parent()
			k, _ := up.ParentEdge()
			b.set = b.set || k == edge.FuncType_Params
			return (k == edge.FuncType_Results || k == edge.FuncType_Params) && !isPtr
		}
	}
	return false
}

// starts reports whether x makes what v holds at first. What a call returns is made by it only if it is a value: a pointer may be to something
// that others have.
func (b *building) starts(x ast.Expr, isPtr bool) bool {
	x = ast.Unparen(x)
	if !isPtr {
		return b.c.made(x)
	}
	switch x := x.(type) {
	case *ast.UnaryExpr:
		_, ok := ast.Unparen(x.X).(*ast.CompositeLit)
		return x.Op == token.AND && ok
	case *ast.CallExpr:
		fun, ok := x.Fun.(*ast.Ident)
		return ok && fun.Name == "new" && b.c.pass.TypesInfo.Uses[fun] == types.Universe.Lookup("new") && b.c.pass.TypesInfo.Types[x.Args[0]].IsType()
	}
	return false
}

// allowed reports whether a use of v keeps the value this function's alone: a field that is set or read, an argument or a receiver. Whoever gets
// its address for the time of a call is taken not to keep it.
func (b *building) allowed(use *ast.Ident, cur inspector.Cursor, fn inspector.Cursor) bool {
	switch {
	case use.Pos() > b.at.End() && b.stays:
		return true
	case enclosingFunc(cur).Node() != fn.Node():
		return false // captured
	case use.Pos() < b.at.Pos() || b.leaves:
		// What follows a return in the source is on another way out.
		return b.private(cur, b.v.Type())
	}
	k, _ := cur.ParentEdge()
	return k == edge.AssignStmt_Lhs // a new value
}

// private decides for one use, given the type of what it selects so far.
func (b *building) private(x inspector.Cursor, t types.Type) bool {
	up := x.Parent()
	switch n := up.Node().(type) {
	case *ast.ParenExpr, *ast.StarExpr:
		return b.private(up, t)
	case *ast.SelectorExpr:
		return b.selected(n, up)
	case *ast.UnaryExpr:
		b.set = true
		return n.Op == token.AND && b.lent(up)
	case *ast.AssignStmt:
		b.set = true
		k, _ := x.ParentEdge()
		return k == edge.AssignStmt_Lhs
	case *ast.CallExpr:
		return b.lent(x)
	case *ast.ReturnStmt, *ast.BinaryExpr:
		return true
	}
	return false
}

// selected decides for a field or method of the value.
func (b *building) selected(n *ast.SelectorExpr, cur inspector.Cursor) bool {
	sel := b.c.pass.TypesInfo.Selections[n]
	if sel == nil {
		return false
	}
	if sel.Kind() != types.FieldVal {
		b.set = true
		k, _ := cur.ParentEdge()
		return k == edge.CallExpr_Fun && !deferred(cur.Parent()) && !b.c.isLock(sel.Obj().(*types.Func).Signature().Recv().Type())
	}
	if b.c.holds.of(sel.Type()) == nil {
		b.set = b.set || written(cur)
		return true // beside the lock
	}
	return !b.c.isLock(sel.Type()) && b.private(cur, sel.Type())
}

// written reports whether the operand x is assigned to, there or in a part.
func written(x inspector.Cursor) bool {
	for {
		switch k, _ := x.ParentEdge(); k {
		case edge.AssignStmt_Lhs, edge.IncDecStmt_X:
			return true
		case edge.SelectorExpr_X, edge.IndexExpr_X, edge.ParenExpr_X, edge.StarExpr_X:
			x = x.Parent()
		default:
			return false
		}
	}
}

// lent reports whether x is an argument of a call that is over at the end of its statement.
func (b *building) lent(x inspector.Cursor) bool {
	k, _ := x.ParentEdge()
	return k == edge.CallExpr_Args && !deferred(x.Parent())
}

func deferred(call inspector.Cursor) bool {
	switch call.Parent().Node().(type) {
	case *ast.GoStmt, *ast.DeferStmt:
		return true
	}
	return false
}

// isLock reports whether t, or what it points to, is a lock itself.
func (c *checker) isLock(t types.Type) bool {
	h := c.holds.of(deref(t))
	return h != nil && h.isLock()
}

func deref(t types.Type) types.Type {
	if p, ok := t.Underlying().(*types.Pointer); ok {
		return p.Elem()
	}
	return t
}

// marked reports whether all that speaks against a copy is a marker such as DoNotCopy, which locks nothing.
func (h *holding) marked() bool {
	return !slices.ContainsFunc(h.locks, func(p part) bool { return !p.marker })
}

// isLock reports whether the value is a lock, or an array of locks, and nothing else.
func (h *holding) isLock() bool { return len(h.locks) == 1 && len(h.locks[0].fields) == 0 }

// leaves reports whether the statement of s leaves the function.
func leaves(cur inspector.Cursor) bool {
	_, ok := cur.Node().(*ast.ReturnStmt)
	return ok
}

func enclosingFunc(cur inspector.Cursor) inspector.Cursor {
	for f := range cur.Enclosing((*ast.FuncDecl)(nil), (*ast.FuncLit)(nil)) {
		return f
	}
	return inspector.Cursor{}
}

// enclosingLoop returns the innermost loop around cur in its function.
func enclosingLoop(cur inspector.Cursor) ast.Node {
	for up := range cur.Enclosing((*ast.ForStmt)(nil), (*ast.RangeStmt)(nil), (*ast.FuncDecl)(nil), (*ast.FuncLit)(nil)) {
		switch up.Node().(type) {
		case *ast.ForStmt, *ast.RangeStmt:
			return up.Node()
		}
		return nil
	}
	return nil
}
