package edit

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/types/typeutil"

	"github.com/mapguard/mapguard/internal/models"
	"github.com/mapguard/mapguard/internal/sections"
)

// Use is where a variable or field that holds a map is named.
type Use struct {
	Obj   *types.Var
	Expr  ast.Expr // the variable, or the selection of the field
	Site  *Site    // what touches the map there; nil if nothing does: the field is set in a literal
	Why   string   // the map can't be kept under a lock because of this use
	Stack []ast.Node
}

// Uses returns where the package names obj, in the order of the source.
func Uses(p *sections.Package, obj *types.Var) []*Use {
	var out []*Use
	for _, file := range p.Pass.Files {
		ast.PreorderStack(file, nil, func(n ast.Node, stack []ast.Node) bool {
			id, ok := n.(*ast.Ident)
			if !ok {
				return true
			}
			if v, ok := p.Pass.TypesInfo.Uses[id].(*types.Var); ok && v.Origin() == obj {
				u := &Use{Obj: obj, Expr: id, Stack: append(append([]ast.Node{}, stack...), id)}
				u.classify(p)
				out = append(out, u)
			}
			return true
		})
	}
	return out
}

// up returns the node around the i-th but last of the stack, parentheses left out.
func (u *Use) up(i int) (ast.Node, int) {
	for i++; i < len(u.Stack); i++ {
		n := u.Stack[len(u.Stack)-1-i]
		if _, ok := n.(*ast.ParenExpr); !ok {
			return n, i
		}
	}
	return nil, i
}

func (u *Use) classify(p *sections.Package) {
	i := 0
	outer, at := u.up(i)
	if sel, ok := outer.(*ast.SelectorExpr); ok && sel.Sel == u.Expr {
		u.Expr, i = sel, at
		outer, at = u.up(i)
	}
	var e ast.Node = u.Expr
	// An element that is a map itself is part of what is guarded.
	for {
		x, ok := outer.(*ast.IndexExpr)
		if !ok || ast.Unparen(x.X) != e || !isMapType(p, x.X) {
			break
		}
		e, i = x, at
		outer, at = u.up(i)
	}
	indexed := e != ast.Node(u.Expr)
	if indexed && !isMapType(p, e.(ast.Expr)) {
		u.found(p, e.(*ast.IndexExpr).Lbrack, assigned(outer, e))
		return
	}
	u.whole(p, e, outer, indexed)
}

// whole classifies the use of a map that is not indexed: the one that obj holds, or one in it.
func (u *Use) whole(p *sections.Package, e, outer ast.Node, indexed bool) {
	pos := namePos(e)
	switch outer := outer.(type) {
	case *ast.RangeStmt:
		if ast.Unparen(outer.X) == e {
			u.found(p, outer.For, false)
			return
		}
	case *ast.KeyValueExpr:
		if outer.Key == e {
			u.kept(p, outer.Value, token.NoPos)
			return
		}
	case *ast.BinaryExpr:
		u.found(p, pos, false) // with nil
		return
	case *ast.AssignStmt:
		for i, l := range outer.Lhs {
			if ast.Unparen(l) == e && len(outer.Lhs) == len(outer.Rhs) {
				u.kept(p, outer.Rhs[i], pos)
				return
			}
		}
	case *ast.CallExpr:
		if write, ok := operation(p, outer, e); ok {
			u.found(p, outer.Lparen, write)
			return
		}
		u.Why = fmt.Sprintf("%s gets the map itself", types.ExprString(outer.Fun))
		return
	case *ast.ReturnStmt:
		u.Why = "the map itself is returned"
		return
	}
	u.Why = "the map itself is handed on"
}

func namePos(e ast.Node) token.Pos {
	switch e := e.(type) {
	case *ast.SelectorExpr:
		return e.Sel.Pos()
	case *ast.IndexExpr:
		return e.Lbrack
	}
	return e.Pos()
}

func (u *Use) found(p *sections.Package, pos token.Pos, write bool) {
	if u.Site = Find(p, pos); u.Site == nil {
		if !inFunction(u.Stack) {
			return // before main
		}
		u.Why = "it is not clear what touches the map there"
		return
	}
	if len(u.Site.lists) == 0 {
		u.Site = nil // in the value of a package variable
		return
	}
	u.Site.Write = write
}

func inFunction(stack []ast.Node) bool {
	for _, n := range stack {
		switch n.(type) {
		case *ast.FuncDecl, *ast.FuncLit:
			return true
		}
	}
	return false
}

// kept classifies a use that sets the variable, at pos, or the field of a new object: to a map that nobody else has.
func (u *Use) kept(p *sections.Package, value ast.Expr, pos token.Pos) {
	if !Fresh(p, value) {
		u.Why = fmt.Sprintf("%s, which it is set to, may be used elsewhere", types.ExprString(value))
		return
	}
	if pos.IsValid() {
		u.found(p, pos, true)
	}
}

// Fresh reports whether e is a map that nothing else refers to: one made here, no map at all, or what a function has made.
func Fresh(p *sections.Package, e ast.Expr) bool {
	switch e := ast.Unparen(e).(type) {
	case *ast.CompositeLit:
		return true
	case *ast.CallExpr:
		return true
	case *ast.Ident:
		switch obj := p.Pass.TypesInfo.Uses[e].(type) {
		case *types.Nil:
			return true
		case *types.Var:
			return obj.Kind() == types.LocalVar
		}
	}
	return false
}

// operation reports whether a call is an operation on the map e, and whether it writes to it.
func operation(p *sections.Package, call *ast.CallExpr, e ast.Node) (write, ok bool) {
	arg := -1
	for i, a := range call.Args {
		if ast.Unparen(a) == e {
			arg = i
		}
	}
	if arg < 0 {
		return false, false
	}
	if id, isIdent := ast.Unparen(call.Fun).(*ast.Ident); isIdent {
		if b, isBuiltin := p.Pass.TypesInfo.Uses[id].(*types.Builtin); isBuiltin {
			switch b.Name() {
			case "len":
				return false, true
			case "delete", "clear":
				return true, true
			}
			return false, false
		}
	}
	fn, isFunc := typeutil.Callee(p.Pass.TypesInfo, call).(*types.Func)
	if !isFunc {
		return false, false
	}
	effects, _ := models.Of(fn)
	for _, eff := range effects {
		if eff.Kind == models.Access && eff.Arg == arg {
			ok = true
			write = write || eff.Touch.Writes()
		}
	}
	return write, ok && models.IsQuick(fn)
}

func isMapType(p *sections.Package, e ast.Expr) bool {
	t := p.Pass.TypesInfo.TypeOf(e)
	if t == nil {
		return false
	}
	if tuple, ok := t.(*types.Tuple); ok {
		t = tuple.At(0).Type()
	}
	_, ok := t.Underlying().(*types.Map)
	return ok
}

// assigned reports whether outer sets e.
func assigned(outer ast.Node, e ast.Node) bool {
	switch outer := outer.(type) {
	case *ast.AssignStmt:
		for _, l := range outer.Lhs {
			if ast.Unparen(l) == e {
				return true
			}
		}
	case *ast.IncDecStmt:
		return true
	case *ast.RangeStmt:
		return outer.Key != nil && ast.Unparen(outer.Key) == e || outer.Value != nil && ast.Unparen(outer.Value) == e
	}
	return false
}

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
