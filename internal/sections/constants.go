package sections

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/types/typeutil"

	"github.com/mapguard/mapguard/internal/domain"
)

// Values is what the parameters of a function are known to be at one call.
type Values map[*types.Var]Known

// Known is the constant that a parameter is, that it is nil, or the type of what is in an interface.
type Known struct {
	Val constant.Value
	Typ types.Type
	Nil bool
}

// Avoided returns the first call of a chain that leads to pos which passes constants with which that is not reached, the function that it is in and what is known of its
// parameters: a lookup that inserts only if it is asked to, asked not to; a request handler that is asked for the method that reads; an action of another type.
// It returns -1 if there is none.
func (s *Package) Avoided(chain []domain.Frame, pos domain.Pos, at func(domain.Pos) token.Pos) (first int, in *Func, known Values) {
	for i, f := range chain {
		next := pos
		if i+1 < len(chain) {
			next = chain[i+1].Pos
		}
		call, to := at(f.Pos), at(next)
		if !call.IsValid() || !to.IsValid() {
			known = nil
			continue
		}
		known = s.passes(call, to, known)
		caller, callee := s.At(call), s.At(to)
		if literalIn(callee, caller) {
			callee = caller
		}
		if len(known) > 0 && s.Avoids(callee, known, to) {
			return i, callee, known
		}
	}
	return -1, nil, nil
}

func literalIn(fn, outer *Func) bool {
	return fn != nil && outer != nil && fn != outer && fn.Obj == nil && within(outer.Node, fn.Node.Pos())
}

// passes returns what the call at the position call gives the parameters of the function that to lies in, with the caller's own known. A function literal of
// the caller is there only where it was made: of that the caller's parameters tell.
func (s *Package) passes(call, to token.Pos, known Values) Values {
	caller, callee := s.At(call), s.At(to)
	if caller == nil || callee == nil {
		return nil
	}
	expr := callAt(caller.Node, call)
	called := expr != nil && callee.Obj != nil && s.calls(expr, callee.Obj)
	switch {
	case !called && (callee == caller || literalIn(callee, caller)):
		return known
	case !called:
		return nil
	}
	out := Values{}
	params := callee.Obj.Signature().Params()
	for i := range params.Len() {
		var k Known
		switch listed := callee.Obj.Signature().Variadic() && i == params.Len()-1 && !expr.Ellipsis.IsValid(); {
		case listed:
			k.Nil = len(expr.Args) == i
		case i < len(expr.Args): // less than all where another call returns them
			k = s.argument(expr.Args[i], params.At(i), known)
		}
		if k != (Known{}) && !s.changes(callee, params.At(i)) {
			out[params.At(i)] = k
		}
	}
	return out
}

// callAt returns the call at a position as SSA has it: that of the parenthesis, or of the statement if it is deferred or on a goroutine.
func callAt(in ast.Node, pos token.Pos) (call *ast.CallExpr) {
	ast.Inspect(in, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr:
			if n.Lparen == pos {
				call = n
			}
		case *ast.GoStmt:
			if n.Pos() == pos {
				call = n.Call
			}
		case *ast.DeferStmt:
			if n.Pos() == pos {
				call = n.Call
			}
		}
		return call == nil
	})
	return call
}

// argument returns what is known of p if it gets e.
func (s *Package) argument(e ast.Expr, p *types.Var, known Values) Known {
	if v := s.value(e, known); v != nil {
		return Known{Val: v}
	}
	t := s.Pass.TypesInfo.Types[e].Type
	switch {
	case s.isNil(e, known):
		return Known{Nil: true, Typ: t}
	case t == nil || !types.IsInterface(p.Type()):
		return Known{}
	case !types.IsInterface(t):
		return Known{Typ: t}
	}
	if id, ok := ast.Unparen(e).(*ast.Ident); ok {
		if from, ok := s.Pass.TypesInfo.Uses[id].(*types.Var); ok {
			return Known{Typ: known[from].Typ}
		}
	}
	return Known{}
}

// calls reports whether call is one of fn, with its arguments in the places of the parameters. A function that is handed on, and called by
// the one that gets it, has other arguments.
func (s *Package) calls(call *ast.CallExpr, fn *types.Func) bool {
	if sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr); ok {
		if m := s.Pass.TypesInfo.Selections[sel]; m != nil && m.Kind() == types.MethodExpr {
			return false
		}
	}
	callee, ok := typeutil.Callee(s.Pass.TypesInfo, call).(*types.Func)
	return ok && callee.Origin() == fn
}

// changes reports whether fn sets p, or hands its address out.
func (s *Package) changes(fn *Func, p *types.Var) bool {
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
func (s *Package) value(e ast.Expr, known Values) constant.Value {
	if v := s.Pass.TypesInfo.Types[e].Value; v != nil {
		return v
	}
	switch e := e.(type) {
	case *ast.ParenExpr:
		return s.value(e.X, known)
	case *ast.Ident:
		if p, ok := s.Pass.TypesInfo.Uses[e].(*types.Var); ok {
			return known[p].Val
		}
	case *ast.UnaryExpr:
		if x := s.value(e.X, known); e.Op == token.NOT && x != nil {
			return constant.MakeBool(!constant.BoolVal(x))
		}
	case *ast.BinaryExpr:
		if v := s.nilTest(e, known); v != nil {
			return v
		}
		return operate(s.value(e.X, known), e.Op, s.value(e.Y, known))
	case *ast.CallExpr:
		if b, ok := typeutil.Callee(s.Pass.TypesInfo, e).(*types.Builtin); ok && b.Name() == "len" {
			if x := s.value(e.Args[0], known); x != nil && x.Kind() == constant.String {
				return constant.MakeInt64(int64(len(constant.StringVal(x))))
			}
			if s.isEmpty(e.Args[0], known) {
				return constant.MakeInt64(0)
			}
		}
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

// Avoids reports whether a run of fn with its parameters as known never comes to the place at to.
func (s *Package) Avoids(fn *Func, known Values, to token.Pos) bool {
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
		case *ast.BinaryExpr:
			found = found || s.shortCircuits(n, known, to)
		case *ast.RangeStmt:
			found = found || within(n.Body, to) && s.isEmpty(n.X, known)
		case *ast.SwitchStmt:
			found = found || s.otherCase(n, known, to)
		case *ast.TypeSwitchStmt:
			found = found || s.otherType(n, known, to)
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

// leaves reports whether one of the statements before that at to ends the run, or the turn of the loop: if the parameter is this, return.
func (s *Package) leaves(list []ast.Stmt, known Values, to token.Pos) bool {
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
		if constant.BoolVal(v) && ends(branch.Body) {
			return true
		}
		if other, ok := branch.Else.(*ast.BlockStmt); ok && !constant.BoolVal(v) && ends(other) {
			return true
		}
	}
	return false
}

// ends reports whether what follows the block is not reached from it.
func ends(b *ast.BlockStmt) bool {
	if len(b.List) == 0 {
		return false
	}
	switch last := b.List[len(b.List)-1].(type) {
	case *ast.ReturnStmt:
		return true
	case *ast.BranchStmt:
		return last.Tok == token.CONTINUE || last.Tok == token.BREAK
	}
	return false
}

// otherCase reports whether to stands in a case of sw that is not the one that is taken.
func (s *Package) otherCase(sw *ast.SwitchStmt, known Values, to token.Pos) bool {
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
func (s *Package) matches(clause *ast.CaseClause, tag constant.Value, known Values) (is, open bool) {
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

// otherType reports whether to stands in a case of sw that is not for the type which the value is known to have.
func (s *Package) otherType(sw *ast.TypeSwitchStmt, known Values, to token.Pos) bool {
	var x ast.Expr
	switch n := sw.Assign.(type) {
	case *ast.ExprStmt:
		x = n.X
	case *ast.AssignStmt:
		x = n.Rhs[0]
	}
	assert, ok := ast.Unparen(x).(*ast.TypeAssertExpr)
	if !ok {
		return false
	}
	id, ok := ast.Unparen(assert.X).(*ast.Ident)
	if !ok {
		return false
	}
	v, _ := s.Pass.TypesInfo.Uses[id].(*types.Var)
	typ := known[v].Typ
	if v == nil || typ == nil {
		return false
	}
	var at *ast.CaseClause
	taken := false
	for _, stmt := range sw.Body.List {
		clause := stmt.(*ast.CaseClause)
		is := slices.ContainsFunc(clause.List, func(e ast.Expr) bool { return s.isOf(typ, s.Pass.TypesInfo.Types[e].Type) })
		if len(clause.Body) > 0 && clause.Body[0].Pos() <= to && to < clause.End() {
			if at = clause; is {
				return false
			}
		}
		taken = taken || is
	}
	return at != nil && (at.List != nil || taken)
}

// isOf reports whether a value of a concrete type is of the type of a case, which may be unknown.
func (s *Package) isOf(typ, of types.Type) bool {
	if of == nil {
		return true
	}
	if iface, ok := of.Underlying().(*types.Interface); ok {
		return types.Implements(typ, iface)
	}
	return types.Identical(typ, of)
}
