package lockcopy

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ast/edge"
	"golang.org/x/tools/go/ast/inspector"
)

// fix returns the change that mends a copy, or why there is none that is surely right.
func (c *checker) fix(s site) (*analysis.SuggestedFix, string) {
	switch {
	case s.recv != nil:
		return c.pointerReceivers(s)
	case s.par != nil && !strings.HasSuffix(s.what, "literal"):
		return c.pointerParam(s)
	case s.loop != nil:
		return c.rangeByIndex(s)
	}
	return nil, "whether the copy should share its maps or have its own is not told by the code"
}

func insert(at token.Pos, text string) analysis.TextEdit {
	return analysis.TextEdit{Pos: at, End: at, NewText: []byte(text)}
}

// closed reports whether no other package can name obj, as far as the code tells: tests of the package in a package of their own are not seen.
func (c *checker) closed(obj types.Object) bool {
	path := c.pass.Pkg.Path()
	return !obj.Exported() || c.pass.Pkg.Name() == "main" || strings.Contains("/"+path+"/", "/internal/")
}

// uses yields the identifiers below root that denote obj.
func (c *checker) uses(root inspector.Cursor, obj types.Object, yield func(inspector.Cursor) bool) bool {
	for cur := range root.Preorder((*ast.Ident)(nil)) {
		if c.pass.TypesInfo.Uses[cur.Node().(*ast.Ident)] == obj && !yield(cur) {
			return false
		}
	}
	return true
}

// readsParts reports whether each use of v below root selects a field or method of it and doesn't assign to one: then a pointer to the value does
// as well as the value. What is assigned to a copy was lost with it; through the pointer it would not be.
func (c *checker) readsParts(root inspector.Cursor, v types.Object) bool {
	return c.uses(root, v, func(cur inspector.Cursor) bool {
		k, _ := cur.ParentEdge()
		return k == edge.SelectorExpr_X && !ownWrite(cur)
	})
}

// ownWrite reports whether x, a part of a value, is assigned to: in memory that belongs to the value, not behind a map, slice or pointer that
// it shares with the original.
func ownWrite(x inspector.Cursor) bool {
	for {
		switch k, _ := x.ParentEdge(); k {
		case edge.AssignStmt_Lhs, edge.IncDecStmt_X:
			return true
		case edge.SelectorExpr_X, edge.ParenExpr_X:
			x = x.Parent()
		default:
			return false
		}
	}
}

// addressable reports whether &x can be written.
func (c *checker) addressable(x ast.Expr) bool {
	info := c.pass.TypesInfo
	switch x := ast.Unparen(x).(type) {
	case *ast.Ident:
		_, ok := info.Uses[x].(*types.Var)
		return ok
	case *ast.StarExpr:
		return true
	case *ast.SelectorExpr:
		sel := info.Selections[x]
		if sel == nil { // a package's variable
			_, ok := info.Uses[x.Sel].(*types.Var)
			return ok
		}
		return sel.Kind() == types.FieldVal && (sel.Indirect() || c.addressable(x.X))
	case *ast.IndexExpr:
		switch info.TypeOf(x.X).Underlying().(type) {
		case *types.Slice, *types.Pointer:
			return true
		case *types.Array:
			return c.addressable(x.X)
		}
	}
	return false
}
