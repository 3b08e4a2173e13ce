package lockcopy

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"go/version"
	"slices"

	"golang.org/x/tools/go/ast/inspector"
)

// site is a place where a value that holds a lock is copied.
type site struct {
	node ast.Node // what is reported
	cur  inspector.Cursor
	what string   // "Get", "the assignment to ", "the literal"
	of   ast.Expr // what stands behind that, nil for nothing
	tail string   // ": its receiver is a value", or empty
	expr ast.Expr // the value copied; nil for receivers, parameters and loop variables
	dest ast.Expr // the variable that gets the copy, if there is one
	typ  types.Type
	recv *ast.FuncDecl // whose receiver it is
	par  *ast.Ident    // the parameter
	loop *ast.RangeStmt
}

// text says what copies.
func (s *site) text() string {
	if s.of == nil {
		return s.what
	}
	return s.what + types.ExprString(s.of)
}

// sites calls copied for each copy in a file, in the order of the source. Cursors take more memory than the syntax itself, and most files hold no copy: they are
// made for those that do.
func (c *checker) sites(file *ast.File, copied func(site)) {
	var at ast.Node
	var root inspector.Cursor
	locate := func(s site) site {
		if !root.Valid() {
			root = inspector.New([]*ast.File{file}).Root()
		}
		s.cur, _ = root.FindNode(at)
		return s
	}
	found := func(s site) { copied(locate(s)) }
	literal := func(s site) {
		s = locate(s)
		if again := c.handedBack[s.typ]; c.handsBack(s) {
			c.handedBack[s.typ] = true
			if again {
				return // options are dozens of literals of one function type
			}
		}
		copied(s)
	}
	ast.PreorderStack(file, nil, func(n ast.Node, around []ast.Node) bool {
		at = n
		switch n := n.(type) {
		case *ast.FuncDecl:
			c.receiver(n, found)
			c.params(n.Name.Name, n.Type, found)
		case *ast.FuncLit:
			c.params("the function literal", n.Type, literal)
		case *ast.AssignStmt:
			c.assign(n, around, found)
		case *ast.ReturnStmt:
			for i, x := range n.Results {
				if !c.isResult(x, i, around) {
					c.value(x, site{what: "the return"}, found)
				}
			}
		case *ast.SelectorExpr:
			c.methodValue(n, around, found)
		default:
			c.simple(n, found)
		}
		return true
	})
}

// simple finds the copies of a node that says by itself what it copies.
func (c *checker) simple(n ast.Node, found func(site)) {
	switch n := n.(type) {
	case *ast.ValueSpec:
		for i, x := range n.Values {
			if name := n.Names[i]; name.Name != "_" {
				c.value(x, site{what: "the declaration of ", of: name, dest: name}, found)
			}
		}
	case *ast.CompositeLit:
		for _, x := range n.Elts {
			if kv, ok := x.(*ast.KeyValueExpr); ok {
				x = kv.Value
			}
			c.value(x, site{what: "the literal"}, found)
		}
	case *ast.SendStmt:
		c.value(n.Value, site{what: "the send"}, found)
	case *ast.RangeStmt:
		c.rangeVar(n, n.Key, found)
		c.rangeVar(n, n.Value, found)
	case *ast.TypeSwitchStmt:
		c.typeSwitch(n, found)
	case *ast.CallExpr:
		c.call(n, found)
	}
}

// value reports x if it is an existing value that holds a lock.
func (c *checker) value(x ast.Expr, s site, found func(site)) {
	x = ast.Unparen(x)
	tv, ok := c.pass.TypesInfo.Types[x]
	if !ok || !tv.IsValue() || c.made(x) {
		return
	}
	t := tv.Type
	if tuple, ok := t.(*types.Tuple); ok { // v, ok := m[k]
		if tuple.Len() == 0 {
			return
		}
		t = tuple.At(0).Type()
	}
	if c.holds.of(t) == nil {
		return
	}
	s.node, s.expr, s.typ = x, x, t
	found(s)
}

// made reports whether x makes a new value: a literal, or what a call returns. A copy that the call made is reported where it made it.
func (c *checker) made(x ast.Expr) bool {
	switch x := ast.Unparen(x).(type) {
	case *ast.CompositeLit, *ast.CallExpr:
		return true
	case *ast.StarExpr:
		switch inner := ast.Unparen(x.X).(type) {
		case *ast.CallExpr:
			return !c.pass.TypesInfo.Types[inner.Fun].IsType()
		case *ast.UnaryExpr:
			return inner.Op == token.AND && c.made(inner.X)
		}
	}
	return false
}

// isResult reports whether x is the variable of the result that it is returned as: it stays where it is.
func (c *checker) isResult(x ast.Expr, i int, around []ast.Node) bool {
	id, ok := ast.Unparen(x).(*ast.Ident)
	if !ok {
		return false
	}
	var sig *types.Signature
	for _, n := range slices.Backward(around) {
		switch fn := n.(type) {
		case *ast.FuncDecl:
			if obj, ok := c.pass.TypesInfo.Defs[fn.Name].(*types.Func); ok {
				sig = obj.Signature()
			}
		case *ast.FuncLit:
			sig, _ = c.pass.TypesInfo.TypeOf(fn).(*types.Signature)
		default:
			continue
		}
		break
	}
	return sig != nil && i < sig.Results().Len() && c.pass.TypesInfo.Uses[id] == sig.Results().At(i)
}

func (c *checker) receiver(n *ast.FuncDecl, found func(site)) {
	if n.Recv == nil || len(n.Recv.List) == 0 {
		return
	}
	x := n.Recv.List[0].Type
	if t := c.pass.TypesInfo.TypeOf(x); c.holds.of(t) != nil {
		found(site{node: x, what: n.Name.Name, tail: ": its receiver is a value", typ: t, recv: n})
	}
}

func (c *checker) params(name string, ft *ast.FuncType, found func(site)) {
	for _, field := range ft.Params.List {
		x := field.Type
		t := c.pass.TypesInfo.TypeOf(x)
		if c.holds.of(t) == nil {
			continue
		}
		s := site{node: x, what: name, tail: ": its parameter is a value", typ: t}
		if len(field.Names) > 0 {
			s.tail = fmt.Sprintf(": its parameter %s is a value", field.Names[0].Name)
		}
		if len(field.Names) == 1 {
			s.par = field.Names[0]
		}
		found(s)
	}
}

func (c *checker) assign(n *ast.AssignStmt, around []ast.Node, found func(site)) {
	copied := false
	for i, x := range n.Rhs {
		lhs := n.Lhs[i]
		if !isBlank(lhs) {
			c.value(x, site{what: "the assignment to ", of: lhs, dest: lhs}, func(s site) {
				copied = true
				found(s)
			})
		}
	}
	// Since Go 1.22 each iteration has its own variables, copied from those of the one before.
	loop, ok := around[len(around)-1].(*ast.ForStmt)
	if !ok || loop.Init != n || n.Tok != token.DEFINE || copied || !c.perIteration(around[0].(*ast.File)) {
		return
	}
	for _, lhs := range n.Lhs {
		if obj := c.pass.TypesInfo.Defs[lhs.(*ast.Ident)]; obj != nil && !isBlank(lhs) && c.holds.of(obj.Type()) != nil {
			found(site{node: lhs, what: "each iteration", tail: " into its own " + obj.Name(), typ: obj.Type()})
		}
	}
}

// perIteration reports whether a file has the loop variables of Go 1.22. Where no version is known, it is the newest.
func (c *checker) perIteration(file *ast.File) bool {
	v := c.pass.TypesInfo.FileVersions[file]
	return !version.IsValid(v) || version.Compare(v, "go1.22") >= 0
}

func isBlank(x ast.Expr) bool {
	id, ok := x.(*ast.Ident)
	return ok && id.Name == "_"
}

func (c *checker) rangeVar(n *ast.RangeStmt, x ast.Expr, found func(site)) {
	if x == nil || isBlank(x) {
		return
	}
	t := c.pass.TypesInfo.TypeOf(x)
	if id, ok := x.(*ast.Ident); ok && n.Tok == token.DEFINE {
		obj := c.pass.TypesInfo.Defs[id]
		if obj == nil {
			return
		}
		t = obj.Type()
	}
	if c.holds.of(t) != nil {
		found(site{node: x, what: "the range variable ", of: x, typ: t, loop: n})
	}
}

// methodValue finds v.Method where Method has a value receiver: the function holds a copy of v. Calls are not reported, the method is.
func (c *checker) methodValue(n *ast.SelectorExpr, around []ast.Node, found func(site)) {
	sel := c.pass.TypesInfo.Selections[n]
	if sel == nil || sel.Kind() != types.MethodVal || c.made(n.X) {
		return
	}
	if call, ok := around[len(around)-1].(*ast.CallExpr); ok && call.Fun == n {
		return
	}
	t := sel.Obj().(*types.Func).Signature().Recv().Type()
	if c.holds.of(t) != nil {
		found(site{node: n, what: "the method value ", of: n, tail: ": its receiver is a value", typ: t})
	}
}

// typeSwitch finds clauses whose variable is a copy of what the interface holds. Nobody has ever locked that, since it has no address: only a map in it is shared.
func (c *checker) typeSwitch(n *ast.TypeSwitchStmt, found func(site)) {
	for _, clause := range n.Body.List {
		v := c.pass.TypesInfo.Implicits[clause]
		if v == nil {
			continue
		}
		if h := c.holds.of(v.Type()); h != nil && len(h.maps) > 0 && !h.marked() {
			found(site{node: clause.(*ast.CaseClause).List[0], what: "the case variable " + v.Name(), typ: v.Type()})
		}
	}
}
