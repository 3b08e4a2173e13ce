package lockbalance

import (
	"go/ast"
	"go/types"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/domain"
)

// rename makes a call of a lock's method one of another method. It is safe where the lock is held in the mode that the method wants on every
// path: the call stays where it is, and it would panic as it stands.
func (r *reporter) rename(at ssa.Instruction, method string) []analysis.SuggestedFix {
	call := r.callAt(at)
	if call == nil {
		return nil
	}
	sel, ok := call.Fun.(*ast.SelectorExpr)
	if !ok {
		return nil
	}
	return []analysis.SuggestedFix{{
		Message:   "Call " + method,
		TextEdits: []analysis.TextEdit{{Pos: sel.Sel.Pos(), End: sel.Sel.End(), NewText: []byte(method)}},
	}}
}

// addDefer releases a lock when the function returns. It is safe where no path gives the lock up, nobody else does, and the lock is taken outside of
// loops, as a statement of its own.
func (r *reporter) addDefer(at ssa.Instruction, a *acquisition) []analysis.SuggestedFix {
	call := r.callAt(at)
	if call == nil || len(a.rounds) > 0 {
		return nil
	}
	path := r.path(call.Pos())
	for i, n := range path {
		stmt, ok := n.(*ast.ExprStmt)
		if !ok || stmt.X != ast.Expr(call) || i+1 == len(path) {
			continue
		}
		if _, ok := path[i+1].(*ast.BlockStmt); !ok {
			return nil
		}
		sel, ok := call.Fun.(*ast.SelectorExpr)
		if !ok {
			return nil
		}
		method := "Unlock"
		if a.mode == domain.ReadMode {
			method = "RUnlock"
		}
		indent := strings.Repeat("\t", max(r.pass.Fset.Position(stmt.Pos()).Column-1, 0))
		text := "\n" + indent + "defer " + types.ExprString(sel.X) + "." + method + "()"
		return []analysis.SuggestedFix{{
			Message:   "Release it when the function returns",
			TextEdits: []analysis.TextEdit{{Pos: stmt.End(), End: stmt.End(), NewText: []byte(text)}},
		}}
	}
	return nil
}
