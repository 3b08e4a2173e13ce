package rlockwrite

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/types/typeutil"

	"github.com/mapguard/mapguard/internal/pairs"
	"github.com/mapguard/mapguard/internal/sections"
)

// constants follows constant arguments.
type constants struct{ *sections.Package }

func (c *checker) constants() constants { return constants{c.sources()} }

// values is what parameters of one function are known to be.
type values map[*types.Var]constant.Value

// reached returns t, or nil if some call on the way to it passes constants with which it is not reached: a lookup that inserts only if it
// is asked to, asked not to; a request handler that is asked for the method that reads. Callers are told of one write of several, so
// it may be another one that is reached.
func (c *checker) reached(t *pairs.Touch) *pairs.Touch {
	var known values
	for i, f := range t.Chain {
		next := t.Pos
		if i+1 < len(t.Chain) {
			next = t.Chain[i+1].Pos
		}
		call, to := c.res.At(f.Pos), c.res.At(next)
		if !call.IsValid() || !to.IsValid() {
			known = nil
			continue
		}
		known = c.constants().passes(call, to, known)
		callee := c.sources().At(to)
		if len(known) > 0 && c.constants().avoids(callee, known, to) {
			return c.instead(callee, known, t, i)
		}
	}
	return t
}

// instead returns the write to the memory of t that a run of fn, the callee of its call i, comes to with its parameters as known.
func (c *checker) instead(fn *sections.Func, known values, t *pairs.Touch, i int) *pairs.Touch {
	for _, f := range c.res.Funcs {
		if f.SSA.Object() != types.Object(fn.Obj) {
			continue
		}
		for j := range f.Summary.Accesses {
			a := &f.Summary.Accesses[j]
			if a.Path.Loc() != t.Path.Loc() || a.Kind.Class() != t.Kind.Class() {
				continue
			}
			pos := a.Pos
			if len(a.Chain) > 0 {
				pos = a.Chain[0].Pos
			}
			if at := c.res.At(pos); at.IsValid() && !c.constants().avoids(fn, known, at) {
				other, access := *t, *t.Access
				access.Pos, access.Kind, access.Chain = a.Pos, a.Kind, slices.Concat(t.Chain[:i+1], a.Chain)
				other.Access = &access
				return &other
			}
		}
	}
	return nil
}

// passes returns what the call at the position call gives the parameters of the function that to lies in, with the caller's own known.
func (s constants) passes(call, to token.Pos, known values) values {
	caller, callee := s.At(call), s.At(to)
	if caller == nil || callee == nil || callee.Obj == nil {
		return nil
	}
	out := values{}
	ast.Inspect(caller.Node, func(n ast.Node) bool {
		if n, ok := n.(*ast.CallExpr); ok && n.Lparen == call && s.calls(n, callee.Obj) {
			params := callee.Obj.Signature().Params()
			for i := 0; i < params.Len() && i < len(n.Args); i++ {
				if v := s.value(n.Args[i], known); v != nil && !s.changes(callee, params.At(i)) {
					out[params.At(i)] = v
				}
			}
		}
		return true
	})
	return out
}

// calls reports whether call is one of fn, with its arguments in the places of the parameters. A function that is handed on, and called by
// the one that gets it, has other arguments.
func (s constants) calls(call *ast.CallExpr, fn *types.Func) bool {
	if sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr); ok {
		if m := s.Pass.TypesInfo.Selections[sel]; m != nil && m.Kind() == types.MethodExpr {
			return false
		}
	}
	callee, ok := typeutil.Callee(s.Pass.TypesInfo, call).(*types.Func)
	return ok && callee.Origin() == fn
}

// changes reports whether fn sets p, or hands its address out.
func (s constants) changes(fn *sections.Func, p *types.Var) bool {
	found := false
	is := func(e ast.Expr) bool {
		id, ok := ast.Unparen(e).(*ast.Ident)
		return ok && s.Pass.TypesInfo.Uses[id] == p
	}
	ast.Inspect(fn.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			for _, e := range n.Lhs {
				found = found || is(e)
			}
		case *ast.RangeStmt:
			found = found || n.Tok == token.ASSIGN && (is(n.Key) || n.Value != nil && is(n.Value))
		case *ast.IncDecStmt:
			found = found || is(n.X)
		case *ast.UnaryExpr:
			found = found || n.Op == token.AND && is(n.X)
		}
		return !found
	})
	return found
}

// value evaluates e, nil if that is not known.
func (s constants) value(e ast.Expr, known values) constant.Value {
	if v := s.Pass.TypesInfo.Types[e].Value; v != nil {
		return v
	}
	switch e := e.(type) {
	case *ast.ParenExpr:
		return s.value(e.X, known)
	case *ast.Ident:
		if p, ok := s.Pass.TypesInfo.Uses[e].(*types.Var); ok {
			return known[p]
		}
	case *ast.UnaryExpr:
		if x := s.value(e.X, known); e.Op == token.NOT && x != nil {
			return constant.MakeBool(!constant.BoolVal(x))
		}
	case *ast.BinaryExpr:
		return operate(s.value(e.X, known), e.Op, s.value(e.Y, known))
	}
	return nil
}

// operate applies a comparison or a logical operator, for which one side may be enough.
func operate(x constant.Value, op token.Token, y constant.Value) constant.Value {
	switch op {
	case token.LAND, token.LOR:
		for _, v := range []constant.Value{x, y} {
			if v != nil && constant.BoolVal(v) == (op == token.LOR) {
				return v
			}
		}
		if x != nil && y != nil {
			return y
		}
	case token.EQL, token.NEQ, token.LSS, token.LEQ, token.GTR, token.GEQ:
		if x != nil && y != nil {
			return constant.MakeBool(constant.Compare(x, op, y))
		}
	}
	return nil
}

// avoids reports whether a run of fn with its parameters as known never comes to the place at to.
func (s constants) avoids(fn *sections.Func, known values, to token.Pos) bool {
	if fn == nil {
		return false
	}
	found := false
	ast.Inspect(fn.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.IfStmt:
			if v := s.value(n.Cond, known); v != nil {
				found = found || within(n.Body, to) && !constant.BoolVal(v) || n.Else != nil && within(n.Else, to) && constant.BoolVal(v)
			}
		case *ast.SwitchStmt:
			found = found || s.otherCase(n, known, to)
		case *ast.BlockStmt:
			found = found || s.leaves(n.List, known, to)
		case *ast.CaseClause:
			found = found || s.leaves(n.Body, known, to)
		}
		return !found
	})
	return found
}

func within(n ast.Node, pos token.Pos) bool { return n.Pos() <= pos && pos < n.End() }

// leaves reports whether one of the statements before that at to ends the run: if the parameter is this, return.
func (s constants) leaves(list []ast.Stmt, known values, to token.Pos) bool {
	if len(list) == 0 || to >= list[len(list)-1].End() {
		return false
	}
	for _, stmt := range list {
		if to < stmt.End() {
			return false
		}
		branch, ok := stmt.(*ast.IfStmt)
		if !ok {
			continue
		}
		v := s.value(branch.Cond, known)
		if v == nil {
			continue
		}
		if constant.BoolVal(v) && returns(branch.Body) {
			return true
		}
		if other, ok := branch.Else.(*ast.BlockStmt); ok && !constant.BoolVal(v) && returns(other) {
			return true
		}
	}
	return false
}

func returns(b *ast.BlockStmt) bool {
	if len(b.List) == 0 {
		return false
	}
	_, ok := b.List[len(b.List)-1].(*ast.ReturnStmt)
	return ok
}

// otherCase reports whether to stands in a case of sw that is not the one that is taken.
func (s constants) otherCase(sw *ast.SwitchStmt, known values, to token.Pos) bool {
	tag := constant.MakeBool(true)
	if sw.Tag != nil {
		tag = s.value(sw.Tag, known)
	}
	if tag == nil {
		return false
	}
	var at *ast.CaseClause
	taken := false // some case is for this value
	for i, stmt := range sw.Body.List {
		clause := stmt.(*ast.CaseClause)
		is, open := s.matches(clause, tag, known)
		if len(clause.Body) > 0 && clause.Body[0].Pos() <= to && to < clause.End() {
			at = clause
			if is || open || i > 0 && fallsThrough(sw.Body.List[i-1].(*ast.CaseClause)) {
				return false
			}
		}
		taken = taken || is
	}
	return at != nil && (at.List != nil || taken)
}

// matches reports whether a case is for the value, and whether it may be for all that is known.
func (s constants) matches(clause *ast.CaseClause, tag constant.Value, known values) (is, open bool) {
	for _, e := range clause.List {
		switch v := s.value(e, known); {
		case v == nil:
			open = true
		case constant.Compare(v, token.EQL, tag):
			is = true
		}
	}
	return is, open
}

func fallsThrough(clause *ast.CaseClause) bool {
	if len(clause.Body) == 0 {
		return false
	}
	b, ok := clause.Body[len(clause.Body)-1].(*ast.BranchStmt)
	return ok && b.Tok == token.FALLTHROUGH
}
