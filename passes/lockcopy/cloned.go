package lockcopy

import (
	"go/ast"
	"go/types"
	"strings"

	"golang.org/x/tools/go/ast/edge"
	"golang.org/x/tools/go/ast/inspector"
)

// renewed tells what happens to a copy in the statements after it.
type renewed struct {
	locks bool // each lock is overwritten with a fresh one
	maps  bool // each map is replaced by one that the original has not
}

// renewal looks for assignments to parts of the copy of s in the rest of its block: after d := *c, d.m = maps.Clone(c.m) and d.mu = sync.Mutex{}.
// An assignment under a condition counts: the condition is nearly always whether there is a map.
func (c *checker) renewal(s site, h *holding) renewed {
	dest := c.destVar(s.dest)
	if dest == nil {
		return renewed{}
	}
	set := map[string]bool{}
	for stmt, ok := statement(s.cur).NextSibling(); ok; stmt, ok = stmt.NextSibling() {
		for cur := range stmt.Preorder((*ast.AssignStmt)(nil)) {
			n := cur.Node().(*ast.AssignStmt)
			for i, lhs := range n.Lhs {
				if name, ok := c.partOf(lhs, dest); ok && (len(n.Rhs) != len(n.Lhs) || c.fresh(n.Rhs[i])) {
					set[name] = true
				}
			}
		}
	}
	return renewed{locks: covered(h.locks, set), maps: covered(h.maps, set)}
}

// statement returns the statement of a block that cur is in.
func statement(cur inspector.Cursor) inspector.Cursor {
	for {
		switch k, _ := cur.ParentEdge(); k {
		case edge.BlockStmt_List, edge.CaseClause_Body, edge.CommClause_Body, edge.Invalid:
			return cur
		}
		cur = cur.Parent()
	}
}

// destVar returns the variable that holds or points to the copy.
func (c *checker) destVar(x ast.Expr) types.Object {
	if x == nil {
		return nil
	}
	x = ast.Unparen(x)
	if star, ok := x.(*ast.StarExpr); ok {
		x = ast.Unparen(star.X)
	}
	id, ok := x.(*ast.Ident)
	if !ok {
		return nil
	}
	return c.pass.TypesInfo.ObjectOf(id)
}

// partOf returns the fields that lead from v to x, as "inner.m"; none for v itself.
func (c *checker) partOf(x ast.Expr, v types.Object) (string, bool) {
	switch x := ast.Unparen(x).(type) {
	case *ast.Ident:
		return "", c.pass.TypesInfo.ObjectOf(x) == v
	case *ast.StarExpr:
		return c.partOf(x.X, v)
	case *ast.SelectorExpr:
		sel := c.pass.TypesInfo.Selections[x]
		base, ok := c.partOf(x.X, v)
		if sel == nil || !ok {
			return "", false
		}
		return strings.TrimPrefix(base+"."+strings.Join(fieldNames(sel), "."), "."), true
	}
	return "", false
}

// fieldNames spells out the embedded fields that a selection goes through.
func fieldNames(sel *types.Selection) []string {
	var names []string
	t := sel.Recv()
	for _, i := range sel.Index() {
		st, ok := deref(t).Underlying().(*types.Struct)
		if !ok {
			break // the method at the end
		}
		names = append(names, st.Field(i).Name())
		t = st.Field(i).Type()
	}
	return names
}

// fresh reports whether x is not simply a field or variable of somebody else's.
func (c *checker) fresh(x ast.Expr) bool {
	switch x := ast.Unparen(x).(type) {
	case *ast.Ident:
		v, ok := c.pass.TypesInfo.Uses[x].(*types.Var)
		return !ok || v.Parent() != c.pass.Pkg.Scope() && !v.IsField()
	case *ast.SelectorExpr, *ast.IndexExpr, *ast.StarExpr:
		return false
	}
	return true
}

// covered reports whether each part, or something that it lies in, was set.
func covered(parts []part, set map[string]bool) bool {
	for _, p := range parts {
		ok := false
		for name := range set {
			ok = ok || name != "" && (p.name() == name || strings.HasPrefix(p.name(), name+"."))
		}
		if !ok {
			return false
		}
	}
	return len(parts) > 0
}
