package lockcopy

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ast/edge"
	"golang.org/x/tools/go/ast/inspector"
)

// rangeByIndex makes the loop variable a pointer to the element: for i := range list { v := &list[i].
//
// The elements have addresses, the body doesn't replace the list, which is a local variable, and it reads fields and calls methods of v and sets
// nothing in it. The loop makes as many rounds as before.
func (c *checker) rangeByIndex(s site) (*analysis.SuggestedFix, string) {
	n := s.loop
	v, ok := n.Value.(*ast.Ident)
	if !ok || n.Tok != token.DEFINE || s.node != n.Value {
		return nil, "the range copies into a variable that exists outside of the loop, or its key"
	}
	list, ok := ast.Unparen(n.X).(*ast.Ident)
	if !ok {
		return nil, fmt.Sprintf("%s may become another list during the loop", types.ExprString(n.X))
	}
	switch c.pass.TypesInfo.TypeOf(list).Underlying().(type) {
	case *types.Slice, *types.Array, *types.Pointer:
	default:
		return nil, fmt.Sprintf("the elements of %s have no address", list.Name)
	}
	obj, _ := c.pass.TypesInfo.Uses[list].(*types.Var)
	body, found := s.cur.FindNode(n.Body)
	switch {
	case obj == nil || obj.Parent() == c.pass.Pkg.Scope() || !found || !c.staysPut(enclosingFunc(s.cur), body, obj):
		return nil, fmt.Sprintf("%s may become another list during the loop", list.Name)
	case !c.readsParts(body, c.pass.TypesInfo.Defs[v]):
		return nil, fmt.Sprintf("the loop uses %s as a value, or sets a field of its copy", v.Name)
	}
	index, head := c.index(n, body)
	if index == "" {
		return nil, "no name is free for the index"
	}
	line := fmt.Sprintf("%s := &%s[%s]", v.Name, list.Name, index)
	return &analysis.SuggestedFix{
		Message:   fmt.Sprintf("Range over %s by index", list.Name),
		TextEdits: []analysis.TextEdit{head, c.firstLine(n, line)},
	}, ""
}

// staysPut reports whether nothing in the loop, or in a function literal that it may call, sets the variable or takes its address.
func (c *checker) staysPut(fn, body inspector.Cursor, list types.Object) bool {
	return c.uses(fn, list, func(cur inspector.Cursor) bool {
		if enclosingFunc(cur).Node() == fn.Node() && !body.Contains(cur) {
			return true
		}
		k, _ := cur.ParentEdge()
		addr, isAddr := cur.Parent().Node().(*ast.UnaryExpr)
		return k != edge.AssignStmt_Lhs && !(isAddr && addr.Op == token.AND)
	})
}

// index returns the name of the loop's index, and the edit that leaves only it in the head.
func (c *checker) index(n *ast.RangeStmt, body inspector.Cursor) (string, analysis.TextEdit) {
	key, _ := n.Key.(*ast.Ident)
	if key != nil && key.Name != "_" {
		return key.Name, analysis.TextEdit{Pos: key.End(), End: n.Value.End()}
	}
	for _, name := range []string{"i", "j", "k", "index"} {
		if !names(body, name) {
			return name, analysis.TextEdit{Pos: n.Key.Pos(), End: n.Value.End(), NewText: []byte(name)}
		}
	}
	return "", analysis.TextEdit{}
}

// names reports whether an identifier of that name stands below root: a new variable would hide what it means.
func names(root inspector.Cursor, name string) bool {
	for cur := range root.Preorder((*ast.Ident)(nil)) {
		if cur.Node().(*ast.Ident).Name == name {
			return true
		}
	}
	return false
}

// firstLine inserts a statement at the top of the loop.
func (c *checker) firstLine(n *ast.RangeStmt, line string) analysis.TextEdit {
	at := n.Body.Lbrace + 1
	top := c.pass.Fset.Position(n.Body.Lbrace).Line
	if len(n.Body.List) > 0 && c.pass.Fset.Position(n.Body.List[0].Pos()).Line == top {
		return insert(at, " "+line+";")
	}
	// In formatted source a column is a tab.
	return insert(at, "\n"+strings.Repeat("\t", c.pass.Fset.Position(n.Pos()).Column)+line)
}
