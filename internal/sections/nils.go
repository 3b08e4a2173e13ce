package sections

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
)

// isNil reports whether e is nil, with the parameters as known.
func (s *Package) isNil(e ast.Expr, known Values) bool {
	e = ast.Unparen(e)
	if s.Pass.TypesInfo.Types[e].IsNil() {
		return true
	}
	id, ok := e.(*ast.Ident)
	if !ok {
		return false
	}
	p, ok := s.Pass.TypesInfo.Uses[id].(*types.Var)
	return ok && known[p].Nil
}

// isEmpty reports whether e is a nil slice, map or channel: a nil pointer to an array has its length.
func (s *Package) isEmpty(e ast.Expr, known Values) bool {
	t := s.Pass.TypesInfo.Types[e].Type
	if t == nil || !s.isNil(e, known) {
		return false
	}
	switch t.Underlying().(type) {
	case *types.Slice, *types.Map, *types.Chan:
		return true
	}
	return false
}

// nilTest evaluates a comparison with nil of what is known to be nil, or of an interface in which something is known to be; nil if e is nothing of the sort.
func (s *Package) nilTest(e *ast.BinaryExpr, known Values) constant.Value {
	if e.Op != token.EQL && e.Op != token.NEQ {
		return nil
	}
	x, y := e.X, e.Y
	if s.isNil(x, nil) {
		x, y = y, x
	}
	if !s.isNil(y, nil) {
		return nil
	}
	switch {
	case s.isNil(x, known):
		return constant.MakeBool(e.Op == token.EQL)
	case s.filled(x, known):
		return constant.MakeBool(e.Op == token.NEQ)
	}
	return nil
}

// filled reports whether e is an interface that is known to have something in it: a nil pointer there is something, too.
func (s *Package) filled(e ast.Expr, known Values) bool {
	id, ok := ast.Unparen(e).(*ast.Ident)
	if !ok {
		return false
	}
	p, ok := s.Pass.TypesInfo.Uses[id].(*types.Var)
	return ok && known[p].Typ != nil && !known[p].Nil
}

// shortCircuits reports whether to stands on the right of && or ||, and the left is enough.
func (s *Package) shortCircuits(e *ast.BinaryExpr, known Values, to token.Pos) bool {
	if e.Op != token.LAND && e.Op != token.LOR || !within(e.Y, to) {
		return false
	}
	v := s.value(e.X, known)
	return v != nil && constant.BoolVal(v) == (e.Op == token.LOR)
}
