package edit

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/types/typeutil"
)

// update finds an entry that is set to what is computed from it, which Compute of xsync does at once.
func (s *Switch) update(u *Use) *operationOn {
	x, ok := u.around(0).(*ast.IndexExpr)
	if !ok || s.To != Xsync || u.Site == nil || !u.Site.Write {
		return nil
	}
	op := &operationOn{uses: []*Use{u}}
	switch stmt := u.around(1).(type) {
	case *ast.IncDecStmt:
		op.rewrite = func() string { return s.compute(u, x, stmt, nil, nil) }
	case *ast.AssignStmt:
		if len(stmt.Lhs) != 1 || len(stmt.Rhs) != 1 {
			return nil
		}
		reads := s.reads(x, stmt.Rhs[0])
		if (stmt.Tok == token.ASSIGN) != (len(reads) > 0) {
			return nil
		}
		op.uses = append(op.uses, reads...)
		op.rewrite = func() string { return s.compute(u, x, stmt, stmt.Rhs[0], reads) }
	default:
		return nil
	}
	return op
}

// reads returns the uses in e that read the entry of x.
func (s *Switch) reads(x *ast.IndexExpr, e ast.Expr) (out []*Use) {
	for _, r := range s.Uses {
		if o, ok := r.around(0).(*ast.IndexExpr); ok && contains(e, o) && s.sameEntry(x, o) {
			out = append(out, r)
		}
	}
	return out
}

// compute replaces a statement by a call of Compute, whose function returns what the statement stores: value, which reads the entry at the uses given, or
// what an operator makes of the entry and value, or of the entry and 1.
func (s *Switch) compute(u *Use, x *ast.IndexExpr, stmt ast.Stmt, value ast.Expr, reads []*Use) string {
	h, file := s.hold(u), u.Site.File()
	if why := s.harmless(h, value, reads); why != "" {
		return "the entry would be locked while " + why
	}
	pkg, why := s.xsync(file, stmt.Pos())
	if why != "" {
		return why
	}
	elem, why := typeAt(s.Pkg, file, stmt.Pos(), s.Pkg.Pass.TypesInfo.TypeOf(x))
	if why != "" {
		return why
	}
	old := h.fresh(u.Site, "old", "prev")
	s.method(x.Lbrack, x.Index.Pos(), "Compute")
	open := fmt.Sprintf(", func(%s %s, _ bool) (%[2]s, %s.ComputeOp) { return ", old, elem, pkg)
	end := fmt.Sprintf(", %s.UpdateOp })", pkg)
	e := analysis.TextEdit{Pos: x.Index.End(), End: stmt.End()}
	if value != nil {
		e.End = value.Pos()
	}
	switch stmt := stmt.(type) {
	case *ast.IncDecStmt:
		open += old + " " + stmt.Tok.String()[:1] + " 1" + end
	case *ast.AssignStmt:
		if stmt.Tok != token.ASSIGN {
			open += old + " " + strings.TrimSuffix(stmt.Tok.String(), "=") + " "
			if _, ok := value.(*ast.BinaryExpr); ok {
				open, end = open+"(", ")"+end
			}
		}
		s.put(Insert(stmt.End(), end))
	}
	e.NewText = []byte(open)
	s.put(e)
	for _, r := range reads {
		s.put(replace(r.around(0), old))
	}
	return ""
}

// harmless returns why a value must not be computed with an entry of the map locked: to touch the map again waits for itself, in the end.
func (s *Switch) harmless(h *Hold, value ast.Expr, reads []*Use) (why string) {
	if value == nil {
		return ""
	}
	ast.Inspect(value, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok {
			fn, ok := typeutil.Callee(s.Pkg.Pass.TypesInfo, call).(*types.Func)
			if ok && fn.Pkg() == s.Pkg.Pass.Pkg {
				why = fmt.Sprintf("it calls %s, which may use the map", types.ExprString(call.Fun))
			}
		}
		return why == ""
	})
	for _, u := range s.Uses {
		if contains(value, u.Expr) && !slices.Contains(reads, u) {
			why = "another entry is used"
		}
	}
	if why != "" {
		return why
	}
	return s.Pkg.Slow(h, value)
}
