package lockcopy

import (
	"fmt"
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ast/edge"
	"golang.org/x/tools/go/ast/inspector"
)

// pointerParam makes the parameter a pointer and passes the address in all calls.
//
// The function is not exported and is only ever called, so all its callers are here; it reads fields and calls methods of the parameter and sets
// nothing in it; each argument has an address. The address is evaluated where the value was.
func (c *checker) pointerParam(s site) (*analysis.SuggestedFix, string) {
	decl, ok := s.cur.Node().(*ast.FuncDecl)
	if !ok {
		return nil, ""
	}
	info := c.pass.TypesInfo
	fn, v := info.Defs[decl.Name], info.Defs[s.par]
	if _, ok := types.Unalias(s.typ).(*types.TypeParam); ok {
		return nil, "the parameter's type is the caller's choice"
	}
	switch {
	case decl.Recv != nil:
		return nil, "a method's signature may be what an interface wants"
	case fn == nil || fn.Exported() && !c.closed(fn):
		return nil, fmt.Sprintf("%s is exported: other packages call it", decl.Name.Name)
	case v == nil || decl.Body == nil || !c.readsParts(s.cur, v):
		return nil, fmt.Sprintf("%s uses %s as a value, or sets a field of its copy", decl.Name.Name, s.par.Name)
	}
	fix := &analysis.SuggestedFix{
		Message:   fmt.Sprintf("Make the parameter %s of %s a pointer", s.par.Name, decl.Name.Name),
		TextEdits: []analysis.TextEdit{insert(s.node.Pos(), "*")},
	}
	arg := fn.(*types.Func).Signature().Params()
	index := 0
	for i := range arg.Len() {
		if arg.At(i) == v {
			index = i
		}
	}
	why := ""
	c.uses(c.whole(), fn, func(cur inspector.Cursor) bool {
		k, _ := cur.ParentEdge()
		call, ok := cur.Parent().Node().(*ast.CallExpr)
		if k != edge.CallExpr_Fun || !ok || index >= len(call.Args) || len(call.Args) != arg.Len() {
			why = fmt.Sprintf("%s is used other than by a plain call", decl.Name.Name)
			return false
		}
		edit, ok := c.addressOf(call.Args[index])
		if !ok {
			why = fmt.Sprintf("the argument %s has no address", types.ExprString(call.Args[index]))
			return false
		}
		fix.TextEdits = append(fix.TextEdits, edit)
		return true
	})
	if why != "" {
		return nil, why
	}
	return fix, ""
}

// addressOf turns an expression into its address: *p into p, v into &v, a literal into a pointer to it.
func (c *checker) addressOf(x ast.Expr) (analysis.TextEdit, bool) {
	if star, ok := x.(*ast.StarExpr); ok {
		return analysis.TextEdit{Pos: star.Pos(), End: star.X.Pos()}, true
	}
	_, lit := x.(*ast.CompositeLit)
	return insert(x.Pos(), "&"), lit || c.addressable(x)
}
