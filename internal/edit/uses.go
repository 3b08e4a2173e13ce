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
	for _, id := range p.Uses(obj) {
		u := &Use{Obj: obj, Expr: id, Stack: p.Stack(id)}
		u.classify(p)
		out = append(out, u)
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
	case *ast.SelectorExpr:
		if call, ok := u.called(outer); ok {
			if write, ok := operation(p, call, e); ok {
				u.found(p, call.Lparen, write)
				return
			}
		}
	case *ast.ReturnStmt:
		u.Why = "the map itself is returned"
		return
	}
	u.Why = "the map itself is handed on"
}

// called returns the call of the method that sel selects.
func (u *Use) called(sel *ast.SelectorExpr) (*ast.CallExpr, bool) {
	i := slices.Index(u.Stack, ast.Node(sel))
	if i < 1 {
		return nil, false
	}
	call, ok := u.Stack[i-1].(*ast.CallExpr)
	return call, ok && call.Fun == ast.Expr(sel)
}

// Sets reports whether the use puts a map into the variable.
func (u *Use) Sets() bool {
	switch outer := u.around(0).(type) {
	case *ast.AssignStmt:
		return assigned(outer, u.Expr)
	case *ast.KeyValueExpr:
		return outer.Key == u.Expr
	}
	return false
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

// operation reports whether a call is an operation on the map e, its receiver or an argument, and whether it writes to it.
func operation(p *sections.Package, call *ast.CallExpr, e ast.Node) (write, ok bool) {
	operands := call.Args
	if sel, isSel := ast.Unparen(call.Fun).(*ast.SelectorExpr); isSel && p.Pass.TypesInfo.Selections[sel] != nil {
		operands = slices.Insert(slices.Clone(operands), 0, sel.X)
	}
	arg := slices.IndexFunc(operands, func(a ast.Expr) bool { return ast.Unparen(a) == e })
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
