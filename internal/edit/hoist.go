package edit

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/types/typeutil"
)

// hoist reads the sites of a statement into variables before it: it returns the text that does so, and the edits that use the variables.
func (h *Hold) hoist(stmt ast.Stmt, sites []*Site) (before string, edits []analysis.TextEdit, why string) {
	var moved []ast.Expr
	for _, s := range sites {
		e, why := h.hoistable(stmt, s)
		if why != "" {
			return "", nil, why
		}
		moved = append(moved, e)
	}
	for i, s := range sites {
		e := moved[i]
		if part := slices.ContainsFunc(moved, func(o ast.Expr) bool { return o != e && contains(o, e) }); part || slices.Index(moved, e) < i {
			continue
		}
		name := h.fresh(s, suggest(h.Pkg.Pass.TypesInfo, e)...)
		if h.twoValues(e) {
			name += ", " + h.fresh(s, "ok", "found", "has")
		}
		before += fmt.Sprintf("%s := %s\n", name, h.text(e))
		edits = append(edits, replace(e, name))
	}
	return before, edits, ""
}

// hoistable returns the expression with the access of s that can be evaluated before stmt, to the same value: stmt evaluates it always and once, and
// nothing that it evaluates before can change it.
func (h *Hold) hoistable(stmt ast.Stmt, s *Site) (ast.Expr, string) {
	if why := s.elsewhere(); why != "" {
		return nil, why
	}
	e, ok := s.Node.(ast.Expr)
	if !ok || s.Write {
		return nil, "the write is in the midst of a statement"
	}
	from := slices.Index(s.stack, ast.Node(stmt))
	for i := len(s.stack) - 1; i > from+0 && i > 0; i-- {
		child, parent := s.stack[i], s.stack[i-1]
		if child == ast.Node(stmt) {
			break
		}
		switch parent := parent.(type) {
		case *ast.BinaryExpr:
			if (parent.Op == token.LAND || parent.Op == token.LOR) && parent.Y == child {
				e = parent
			}
		case *ast.FuncLit:
			return nil, "it is in a function literal in the midst of a statement"
		case *ast.ForStmt:
			if child != ast.Node(parent.Init) {
				return nil, "it is evaluated in each round of a loop"
			}
		case *ast.IfStmt:
			if parent.Init != nil && child == ast.Node(parent.Cond) {
				return nil, "it comes after the statement before the condition"
			}
			if ast.Node(parent) != ast.Node(stmt) && !labels(stmt, parent) {
				return nil, "it is in the condition of an else"
			}
		case *ast.SwitchStmt:
			if parent.Init != nil && child == ast.Node(parent.Tag) {
				return nil, "it comes after the statement before the condition"
			}
		case *ast.CaseClause:
			return nil, "it is in the condition of a case"
		case *ast.UnaryExpr:
			if parent.Op == token.AND {
				return nil, "its address is taken"
			}
		}
	}
	return e, h.movable(stmt, e)
}

func labels(l ast.Stmt, s ast.Stmt) bool {
	for {
		x, ok := l.(*ast.LabeledStmt)
		if !ok {
			return l == s
		}
		l = x.Stmt
	}
}

// movable returns why e can't be evaluated before stmt.
func (h *Hold) movable(stmt ast.Stmt, e ast.Expr) (why string) {
	info := h.Pkg.Pass.TypesInfo
	tv := info.Types[e]
	if _, isTuple := tv.Type.(*types.Tuple); (isTuple || tv.Type == nil) && !h.twoValues(e) {
		return "it has no one value"
	}
	if _, isVar := e.(*ast.BinaryExpr); isVar && types.Unalias(tv.Type) != types.Typ[types.Bool] && types.Unalias(tv.Type) != types.Typ[types.UntypedBool] {
		return "its type is told by what is around it"
	}
	if why := h.Pkg.Slow(h, e); why != "" {
		return why
	}
	ast.Inspect(e, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok {
			if obj := info.Uses[id]; obj != nil && stmt.Pos() <= obj.Pos() && obj.Pos() < stmt.End() {
				why = fmt.Sprintf("%s is declared in the same statement", id.Name)
			}
		}
		return why == ""
	})
	ast.Inspect(stmt, func(n ast.Node) bool {
		if n == nil || n.Pos() >= e.Pos() || why != "" {
			return false
		}
		if call, ok := n.(*ast.CallExpr); ok && call.End() <= e.Pos() {
			why = h.harms(call, e)
		}
		if u, ok := n.(*ast.UnaryExpr); ok && (u.Op == token.ARROW && u.End() <= e.Pos() || u.Op == token.AND) {
			if id, ok := ast.Unparen(u.X).(*ast.Ident); !ok || u.Op == token.ARROW || mentions(info, e, info.Uses[id]) {
				if _, lit := ast.Unparen(u.X).(*ast.CompositeLit); !lit {
					why = fmt.Sprintf("%s comes before it", types.ExprString(u))
				}
			}
		}
		return true
	})
	return why
}

// twoValues reports whether e is the index expression of a v, ok := m[k].
func (h *Hold) twoValues(e ast.Expr) bool {
	x, ok := e.(*ast.IndexExpr)
	if !ok {
		return false
	}
	_, ok = h.Pkg.Pass.TypesInfo.TypeOf(x).(*types.Tuple)
	return ok
}

// mentions reports whether n uses obj.
func mentions(info *types.Info, n ast.Node, obj types.Object) bool {
	found := false
	ast.Inspect(n, func(n ast.Node) bool {
		id, ok := n.(*ast.Ident)
		found = found || ok && obj != nil && info.Uses[id] == obj
		return !found
	})
	return found
}

// harms returns why what a call does may change what e reads: it runs code of this package that knows the variables.
func (h *Hold) harms(call *ast.CallExpr, e ast.Expr) string {
	info := h.Pkg.Pass.TypesInfo
	if tv := info.Types[call.Fun]; tv.IsType() || tv.IsBuiltin() {
		return ""
	}
	fn, ok := typeutil.Callee(info, call).(*types.Func)
	if ok && fn.Pkg() != h.Pkg.Pass.Pkg && !h.Pkg.Implements(fn) {
		return ""
	}
	if ok && !h.addressTaken(e) && !h.Pkg.Touches(call, variables(info, e)) {
		return ""
	}
	return fmt.Sprintf("%s is called before it in the same statement", types.ExprString(call.Fun))
}

// variables returns the variables and fields that e names.
func variables(info *types.Info, e ast.Expr) map[*types.Var]bool {
	out := map[*types.Var]bool{}
	ast.Inspect(e, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok {
			if v, ok := info.Uses[id].(*types.Var); ok {
				out[v.Origin()] = true
			}
		}
		return true
	})
	return out
}

// addressTaken reports whether the function takes the address of a variable in e: who has it may change it by another name.
func (h *Hold) addressTaken(e ast.Expr) bool {
	info, found := h.Pkg.Pass.TypesInfo, false
	vars := variables(info, e)
	ast.Inspect(h.Sites[0].Decl(), func(n ast.Node) bool {
		u, ok := n.(*ast.UnaryExpr)
		if ok && u.Op == token.AND {
			x := ast.Unparen(u.X)
			sel, isSel := x.(*ast.SelectorExpr)
			if isSel && isPointer(info.TypeOf(sel.X)) {
				x = sel.Sel // of what c points to, not of c
			}
			for v := range variables(info, x) {
				found = found || vars[v]
			}
		}
		return !found
	})
	return found
}

// header is for sites in one statement that can't be put under the lock as a whole, because of why: those in its header are read before it, and those
// in its body are covered there.
func (h *Hold) header(r *region, sites []*Site, why string) ([]analysis.TextEdit, string) {
	stmt := r.first()
	var head, body []*Site
	for _, s := range sites {
		if s.stmt() == stmt {
			head = append(head, s)
		} else {
			body = append(body, s)
		}
	}
	if len(head) == 0 {
		return h.branches(r, body, why)
	}
	if w := checkThenAct(head, body); w != nil {
		return nil, fmt.Sprintf("the check and the %s at line %d belong in one critical section, but %s", w.kind(), h.line(w.Node.Pos()), why)
	}
	edits, no := h.readBefore(stmt, r, head)
	if no != "" {
		return nil, reasons(why, no)
	}
	more, no := h.cover(body)
	if no != "" {
		return nil, no
	}
	return append(edits, more...), ""
}

// reasons says why the whole can't be held and why a part can't be moved out of it, once if it is for the same reason.
func reasons(whole, part string) string {
	if whole == part {
		return whole
	}
	return whole + ", and " + part
}

// readBefore reads what the header of a statement needs before it, under the lock.
func (h *Hold) readBefore(stmt ast.Stmt, r *region, head []*Site) ([]analysis.TextEdit, string) {
	bare := stmt
	for {
		l, ok := bare.(*ast.LabeledStmt)
		if !ok {
			break
		}
		bare = l.Stmt
	}
	here := &region{spot: r.spot, j: r.i}
	if why := h.named(&region{spot: spot{r.holder, []ast.Stmt{&ast.EmptyStmt{Semicolon: stmt.Pos()}}, 0}}, head); why != "" {
		return nil, why
	}
	if why := h.nilChecked(stmt); why != "" {
		return nil, why
	}
	var text string
	var edits []analysis.TextEdit
	var why string
	switch s := bare.(type) {
	case *ast.RangeStmt:
		if head[0].Node == ast.Node(s) && len(head) == 1 {
			text, edits, why = h.snapshot(stmt, s, head[0])
		} else {
			text, edits, why = h.hoist(stmt, head)
		}
	case *ast.IfStmt:
		text, edits, why = h.lift(here, s.Init, s.Cond, s.Body, head)
	case *ast.SwitchStmt:
		text, edits, why = h.lift(here, s.Init, s.Tag, s.Body, head)
	case *ast.AssignStmt:
		text, edits, why = h.value(stmt, s, head)
		if why == "" {
			return edits, ""
		}
		text, edits, why = h.hoist(stmt, head)
	default:
		text, edits, why = h.hoist(stmt, head)
	}
	if why != "" {
		return nil, why
	}
	text = h.lock(head) + "\n" + text + h.unlock(head) + "\n"
	return append(edits, h.before(stmt, text)), ""
}

// lift moves the statement before a condition out, if it has the access; what the condition itself reads goes into a variable.
func (h *Hold) lift(r *region, init ast.Stmt, cond ast.Expr, body ast.Node, head []*Site) (string, []analysis.TextEdit, string) {
	stmt := r.first()
	lifted := init != nil && slices.ContainsFunc(head, func(s *Site) bool { return contains(init, s.Node) })
	if !lifted {
		return h.hoist(stmt, head)
	}
	if why := h.liftable(r, init, cond, head); why != "" {
		return h.hoist(stmt, head)
	}
	end := body.Pos()
	if cond != nil {
		end = cond.Pos()
	}
	return h.text(init) + "\n", []analysis.TextEdit{{Pos: init.Pos(), End: end}}, ""
}

// liftable returns why a statement before a condition can't stand before the whole.
func (h *Hold) liftable(r *region, init ast.Stmt, cond ast.Expr, head []*Site) string {
	if why := h.Pkg.Slow(h, init); why != "" {
		return why
	}
	for _, s := range head {
		if cond != nil && contains(cond, s.Node) {
			return "the condition needs the lock, too"
		}
	}
	a, ok := init.(*ast.AssignStmt)
	if !ok || a.Tok != token.DEFINE {
		return ""
	}
	for _, e := range a.Lhs {
		if name := e.(*ast.Ident).Name; name != "_" && h.clashes(r, name) {
			return fmt.Sprintf("%s is the name of another variable around it", name)
		}
	}
	for _, e := range a.Lhs {
		h.lifted[e.(*ast.Ident).Name] = true
	}
	return ""
}

// value computes what is stored in the map before the lock is taken.
func (h *Hold) value(stmt ast.Stmt, a *ast.AssignStmt, head []*Site) (string, []analysis.TextEdit, string) {
	if len(head) != 1 || !head[0].Write || len(a.Lhs) != 1 || len(a.Rhs) != 1 || !contains(a.Lhs[0], head[0].Node) || a.Tok == token.DEFINE {
		return "", nil, "more than the value is slow"
	}
	if why := h.Pkg.Slow(h, a.Lhs[0]); why != "" {
		return "", nil, why
	}
	calls := false
	ast.Inspect(a.Lhs[0], func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		calls = calls || ok && !h.Pkg.Pass.TypesInfo.Types[call.Fun].IsType()
		return true
	})
	if calls {
		return "", nil, "the key is computed by a call, before the value"
	}
	t := h.Pkg.Pass.TypesInfo.TypeOf(a.Rhs[0])
	if b, ok := t.(*types.Basic); ok && b.Info()&types.IsUntyped != 0 {
		return "", nil, "the value has no type of its own"
	}
	name := h.fresh(head[0], "v", "val", "value")
	edits := []analysis.TextEdit{
		h.before(stmt, fmt.Sprintf("%s := %s\n%s\n", name, h.text(a.Rhs[0]), h.lock(head))),
		replace(a.Rhs[0], name),
		h.after(stmt, h.unlock(head)),
	}
	return "", edits, ""
}
