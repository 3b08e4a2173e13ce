package edit

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"github.com/mapguard/mapguard/internal/models"
)

// exits returns the statements that leave a region other than at its end, in the order of the source, or why one of them can't be made to give a lock up.
func (h *Hold) exits(r *region) (outs []ast.Stmt, why string) {
	w := &leaving{h: h, labels: map[string]bool{}, left: r.left}
	for _, s := range r.stmts() {
		w.stmt(s, false, false)
	}
	return w.outs, w.why
}

// leaving looks for statements that leave a region.
type leaving struct {
	h      *Hold
	labels map[string]bool  // of statements that are in the region
	left   []*ast.BlockStmt // that are none of its matter
	outs   []ast.Stmt
	why    string
}

// stmt looks into s, which stands in a statement of the region that break or continue would end.
func (w *leaving) stmt(s ast.Node, breaks, continues bool) {
	ast.Inspect(s, func(n ast.Node) bool {
		if n == nil {
			return false
		}
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.BlockStmt:
			return !slices.Contains(w.left, n)
		case *ast.ReturnStmt:
			w.outs = append(w.outs, n)
		case *ast.BranchStmt:
			w.branch(n, breaks, continues)
		case *ast.LabeledStmt:
			w.labels[n.Label.Name] = true
		case *ast.CallExpr:
			if w.h.ends(n) {
				w.why = "it may panic or end the goroutine with the lock held"
			}
		case *ast.ForStmt, *ast.RangeStmt:
			if n != s {
				w.stmt(n, true, true)
				return false
			}
			breaks, continues = true, true
		case *ast.SwitchStmt, *ast.TypeSwitchStmt, *ast.SelectStmt:
			if n != s {
				w.stmt(n, true, continues)
				return false
			}
			breaks = true
		}
		return true
	})
}

func (w *leaving) branch(b *ast.BranchStmt, breaks, continues bool) {
	switch {
	case b.Label != nil && w.labels[b.Label.Name]:
	case b.Label == nil && (b.Tok == token.BREAK && breaks || b.Tok == token.CONTINUE && continues):
	case b.Tok == token.FALLTHROUGH && breaks:
	default:
		w.outs = append(w.outs, b)
	}
}

// ends reports whether a call does not return: panic, log.Fatal, t.FailNow.
func (h *Hold) ends(call *ast.CallExpr) bool {
	var id *ast.Ident
	switch fun := ast.Unparen(call.Fun).(type) {
	case *ast.Ident:
		id = fun
	case *ast.SelectorExpr:
		id = fun.Sel
	default:
		return false
	}
	switch obj := h.Pkg.Pass.TypesInfo.Uses[id].(type) {
	case *types.Builtin:
		return obj.Name() == "panic"
	case *types.Func:
		return models.IsNoReturn(obj)
	}
	return false
}

// terminates reports whether nothing can follow s, in the sense of the language: what is put behind it would not compile, or never run.
func terminates(s ast.Stmt) bool {
	switch s := s.(type) {
	case *ast.ReturnStmt:
		return true
	case *ast.BranchStmt:
		return true
	case *ast.ExprStmt:
		call, ok := s.X.(*ast.CallExpr)
		if !ok {
			return false
		}
		id, ok := call.Fun.(*ast.Ident)
		return ok && id.Name == "panic"
	case *ast.BlockStmt:
		return len(s.List) > 0 && terminates(s.List[len(s.List)-1])
	case *ast.LabeledStmt:
		return terminates(s.Stmt) && !breaks(s.Stmt)
	case *ast.IfStmt:
		return s.Else != nil && terminates(s.Body) && terminates(s.Else)
	case *ast.SwitchStmt:
		return casesTerminate(s.Body)
	case *ast.TypeSwitchStmt:
		return casesTerminate(s.Body)
	}
	return false
}

func casesTerminate(body *ast.BlockStmt) bool {
	other := false
	for _, s := range body.List {
		c := s.(*ast.CaseClause)
		other = other || c.List == nil
		if len(c.Body) == 0 || !terminates(c.Body[len(c.Body)-1]) || breaks(c) {
			return false
		}
		if b, ok := c.Body[len(c.Body)-1].(*ast.BranchStmt); ok && b.Tok == token.BREAK {
			return false
		}
	}
	return other
}

// breaks reports whether some break stands in n, wherever it leads.
func breaks(n ast.Node) bool {
	found := false
	ast.Inspect(n, func(n ast.Node) bool {
		b, ok := n.(*ast.BranchStmt)
		found = found || ok && b.Tok == token.BREAK
		return !found
	})
	return found
}

// assigns reports whether n sets obj, or takes its address.
func assigns(info *types.Info, n ast.Node, obj types.Object) bool {
	found := false
	is := func(e ast.Expr) bool {
		id, ok := e.(*ast.Ident)
		return ok && (info.Uses[id] == obj || info.Defs[id] == obj)
	}
	ast.Inspect(n, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			for _, e := range n.Lhs {
				found = found || is(ast.Unparen(e))
			}
		case *ast.RangeStmt:
			found = found || n.Key != nil && is(n.Key) || n.Value != nil && is(n.Value)
		case *ast.IncDecStmt:
			found = found || is(ast.Unparen(n.X))
		case *ast.UnaryExpr:
			found = found || n.Op == token.AND && is(ast.Unparen(n.X))
		case *ast.ValueSpec:
			for _, id := range n.Names {
				found = found || is(id)
			}
		}
		return !found
	})
	return found
}

// shadows reports whether n declares something else under a name: the way out of it would not find obj there.
func shadows(info *types.Info, n ast.Node, name string, obj types.Object) bool {
	found := false
	ast.Inspect(n, func(n ast.Node) bool {
		id, ok := n.(*ast.Ident)
		if ok && id.Name == name {
			if def := info.Defs[id]; def != nil && def != obj {
				if v, isVar := def.(*types.Var); !isVar || !v.IsField() {
					found = true
				}
			}
		}
		return !found
	})
	return found
}

// nilCheck returns the part of base that n compares with nil, empty if there is none.
func nilCheck(info *types.Info, n ast.Node, base ast.Expr) (part string) {
	parts := map[string]bool{}
	for e := base; e != nil; {
		parts[types.ExprString(e)] = true
		switch x := e.(type) {
		case *ast.SelectorExpr:
			e = x.X
		case *ast.ParenExpr:
			e = x.X
		case *ast.StarExpr:
			e = x.X
		case *ast.IndexExpr:
			e = x.X
		default:
			e = nil
		}
	}
	ast.Inspect(n, func(n ast.Node) bool {
		if b, ok := n.(*ast.BinaryExpr); ok && (b.Op == token.EQL || b.Op == token.NEQ) {
			for _, pair := range [][2]ast.Expr{{b.X, b.Y}, {b.Y, b.X}} {
				if tv := info.Types[pair[1]]; tv.IsNil() && parts[types.ExprString(pair[0])] {
					part = types.ExprString(pair[0])
				}
			}
		}
		return part == ""
	})
	return part
}
