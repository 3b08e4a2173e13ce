package rlockwrite

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"

	"github.com/mapguard/mapguard/internal/pairs"
)

// excluded reports whether some call on the way to t passes a constant for a boolean parameter on which what follows depends, and that is the
// other one: a lookup that inserts only if it is asked to, asked not to.
func (c *checker) excluded(t *pairs.Touch) bool {
	for i, f := range t.Chain {
		next := t.Pos
		if i+1 < len(t.Chain) {
			next = t.Chain[i+1].Pos
		}
		at, to := c.res.At(f.Pos), c.res.At(next)
		if at.IsValid() && to.IsValid() && c.sources().contradicts(at, to) {
			return true
		}
	}
	return false
}

// contradicts reports whether the call at the position call can't lead to the place at to in the callee.
func (s *sources) contradicts(call, to token.Pos) bool {
	caller, callee := s.at(call), s.at(to)
	if caller == nil || callee == nil || callee.obj == nil {
		return false
	}
	wrong := false
	ast.Inspect(caller.node, func(n ast.Node) bool {
		if n, ok := n.(*ast.CallExpr); ok && n.Lparen == call {
			params := callee.obj.Signature().Params()
			for i := 0; i < params.Len() && i < len(n.Args); i++ {
				v := s.pass.TypesInfo.Types[n.Args[i]].Value
				if v != nil && v.Kind() == constant.Bool && s.needs(callee, params.At(i), !constant.BoolVal(v), to) {
					wrong = true
				}
			}
		}
		return !wrong
	})
	return wrong
}

// needs reports whether the place at to stands in a branch that is taken only if parameter p has the value.
func (s *sources) needs(fn *function, p *types.Var, value bool, to token.Pos) bool {
	found := false
	ast.Inspect(fn.body, func(n ast.Node) bool {
		branch, ok := n.(*ast.IfStmt)
		if !ok {
			return true
		}
		cond, want := ast.Unparen(branch.Cond), true
		if not, ok := cond.(*ast.UnaryExpr); ok && not.Op == token.NOT {
			cond, want = ast.Unparen(not.X), false
		}
		if id, ok := cond.(*ast.Ident); !ok || s.pass.TypesInfo.Uses[id] != p {
			return true
		}
		then := branch.Body.Pos() <= to && to < branch.Body.End()
		other := branch.Else != nil && branch.Else.Pos() <= to && to < branch.Else.End()
		found = found || then && want == value || other && want != value
		return true
	})
	return found
}
