package edit

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/types/typeutil"

	"github.com/mapguard/mapguard/internal/sections"
)

// Unpublished reports whether the object whose field is used there was made by the same function, which has not handed it to anybody yet.
func (u *Use) Unpublished(p *sections.Package) bool {
	sel, ok := u.Expr.(*ast.SelectorExpr)
	if !ok || u.Site == nil {
		return false
	}
	id, ok := ast.Unparen(sel.X).(*ast.Ident)
	if !ok {
		return false
	}
	v, ok := p.Pass.TypesInfo.Uses[id].(*types.Var)
	if !ok || v.Kind() != types.LocalVar {
		return false
	}
	made, known := false, true
	var body ast.Node = u.Site.body()
	ast.PreorderStack(body, nil, func(n ast.Node, stack []ast.Node) bool {
		if n.Pos() >= u.Expr.Pos() {
			return false
		}
		switch n := n.(type) {
		case *ast.FuncLit:
			known = known && (defines(n, v) || !contains(n, u.Expr) && !mentions(p.Pass.TypesInfo, n, v))
		case *ast.ForStmt, *ast.RangeStmt:
			known = known && (defines(n, v) || !contains(n, u.Expr))
		case *ast.AssignStmt:
			for i, l := range n.Lhs {
				if lid, ok := l.(*ast.Ident); ok && p.Pass.TypesInfo.Defs[lid] == v && len(n.Lhs) == len(n.Rhs) {
					made = made || newObject(n.Rhs[i])
				}
			}
		case *ast.ValueSpec:
			for _, name := range n.Names {
				made = made || p.Pass.TypesInfo.Defs[name] == v && len(n.Values) == 0 && !isPointer(v.Type())
			}
		case *ast.Ident:
			if p.Pass.TypesInfo.Uses[n] == v && !fieldOf(p, n, stack) {
				known = false
			}
		}
		return true
	})
	return made && known
}

func isPointer(t types.Type) bool {
	_, ok := t.Underlying().(*types.Pointer)
	return ok
}

func defines(n ast.Node, v *types.Var) bool {
	return n.Pos() <= v.Pos() && v.Pos() < n.End()
}

func newObject(e ast.Expr) bool {
	switch e := ast.Unparen(e).(type) {
	case *ast.CompositeLit:
		return true
	case *ast.UnaryExpr:
		_, ok := e.X.(*ast.CompositeLit)
		return ok && e.Op == token.AND
	case *ast.CallExpr:
		id, ok := e.Fun.(*ast.Ident)
		return ok && id.Name == "new"
	}
	return false
}

// fieldOf reports whether the variable at the end of the stack is named to get at a field of it.
func fieldOf(p *sections.Package, id *ast.Ident, stack []ast.Node) bool {
	sel, ok := stack[len(stack)-1].(*ast.SelectorExpr)
	if !ok || sel.X != id {
		return false
	}
	s := p.Pass.TypesInfo.Selections[sel]
	return s != nil && s.Kind() == types.FieldVal
}

// LiteralIn returns the outermost function literal that u stands in and that is not around the declaration of the variable; nil if there is none.
func (u *Use) LiteralIn(d *Declaration) ast.Node {
	for _, n := range u.Stack {
		if lit, ok := n.(*ast.FuncLit); ok && !contains(lit, d.stack[len(d.stack)-1]) {
			return lit
		}
	}
	return nil
}

// InLiteralOf reports whether u stands in a function literal that captures the variable.
func (u *Use) InLiteralOf(d *Declaration) bool { return u.LiteralIn(d) != nil }

// LoopsWith reports whether a loop that the variable outlives runs both u and what stands at pos.
func (u *Use) LoopsWith(d *Declaration, pos token.Pos) bool {
	for _, n := range u.Stack {
		switch n.(type) {
		case *ast.ForStmt, *ast.RangeStmt:
			if n.Pos() <= pos && pos < n.End() && !contains(n, d.stack[len(d.stack)-1]) {
				return true
			}
		}
	}
	return false
}

// WaitedFor reports whether, between pos and u, a statement of the function that declares the variable waits for others, whatever way is taken to u.
func (u *Use) WaitedFor(p *sections.Package, d *Declaration, pos token.Pos) bool {
	for i, n := range u.Stack[:len(u.Stack)-1] {
		if n.Pos() < d.Obj.Pos() && !contains(n, d.stack[len(d.stack)-1]) {
			continue
		}
		for _, s := range listOf(n) {
			if s.Pos() >= pos && s.End() <= u.Stack[i+1].Pos() && waits(p, s) {
				return true
			}
		}
	}
	return false
}

// anyWaits is for the body of a loop, which runs once for each that is waited for.
func anyWaits(p *sections.Package, body *ast.BlockStmt) bool {
	return slices.ContainsFunc(body.List, func(s ast.Stmt) bool { return waits(p, s) })
}

// waits reports whether a statement waits for goroutines each time that it runs.
func waits(p *sections.Package, s ast.Stmt) bool {
	var e ast.Expr
	switch s := s.(type) {
	case *ast.ExprStmt:
		e = s.X
	case *ast.AssignStmt:
		if len(s.Rhs) == 1 {
			e = s.Rhs[0]
		}
	case *ast.IfStmt:
		return s.Init != nil && waits(p, s.Init)
	case *ast.RangeStmt:
		_, isChan := p.Pass.TypesInfo.TypeOf(s.X).Underlying().(*types.Chan)
		return isChan || anyWaits(p, s.Body)
	case *ast.ForStmt:
		return anyWaits(p, s.Body)
	}
	switch e := e.(type) {
	case *ast.UnaryExpr:
		return e.Op == token.ARROW
	case *ast.CallExpr:
		fn, ok := typeutil.Callee(p.Pass.TypesInfo, e).(*types.Func)
		return ok && fn.Name() == "Wait" && fn.Signature().Recv() != nil
	}
	return false
}

// Knows reports whether a name means something where u stands, or is used in the function around it.
func (u *Use) Knows(p *sections.Package, name string) bool {
	if _, obj := p.Pass.Pkg.Scope().Innermost(u.Expr.Pos()).LookupParent(name, token.NoPos); obj != nil {
		return true
	}
	for _, n := range u.Stack {
		fn, ok := n.(*ast.FuncDecl)
		if !ok {
			continue
		}
		found := false
		ast.Inspect(fn, func(n ast.Node) bool {
			id, ok := n.(*ast.Ident)
			found = found || ok && id.Name == name && p.Pass.TypesInfo.Defs[id] != nil
			return !found
		})
		return found
	}
	return false
}
