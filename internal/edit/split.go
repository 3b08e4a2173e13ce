package edit

import (
	"cmp"
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"
)

// checkThenAct returns a write that depends on what one of the checks reads.
func checkThenAct(checks, then []*Site) *Site {
	for _, c := range checks {
		for _, w := range then {
			if !c.Write && w.acts() && c.Map == w.Map && !(w.Write && sameKey(c, w)) {
				return w
			}
		}
	}
	return nil
}

// acts reports whether s does what the entry has to be there for, or must not be: it writes, or follows the pointer that it reads, without a check.
func (s *Site) acts() bool {
	if s.Write {
		return true
	}
	x, ok := s.Node.(*ast.IndexExpr)
	if !ok {
		return false
	}
	switch outer := s.stack[len(s.stack)-2].(type) {
	case *ast.SelectorExpr, *ast.StarExpr:
		return true
	case *ast.CallExpr:
		return outer.Fun == ast.Expr(x)
	}
	return false
}

// kind names what s does.
func (s *Site) kind() string {
	if s.Write {
		return "write"
	}
	return "access"
}

// branches covers the sites of a statement in each branch by itself: only one of them runs.
func (h *Hold) branches(r *region, sites []*Site, why string) ([]analysis.TextEdit, string) {
	if !chooses(r.first()) {
		return nil, why
	}
	depth := slices.IndexFunc(sites[0].lists, func(s spot) bool { return s.holder == r.holder }) + 1
	for _, s := range sites {
		in := s.stack[slices.Index(s.stack, ast.Node(r.first())):slices.Index(s.stack, s.lists[depth].holder)]
		if slices.ContainsFunc(in, func(n ast.Node) bool { _, lit := n.(*ast.FuncLit); return lit }) {
			return nil, why
		}
	}
	var edits []analysis.TextEdit
	for rest := sites; len(rest) > 0; {
		n := 0
		for n < len(rest) && rest[n].lists[depth].holder == rest[0].lists[depth].holder {
			n++
		}
		more, why := h.cover(rest[:n])
		if why != "" {
			return nil, why
		}
		edits, rest = append(edits, more...), rest[n:]
	}
	return edits, ""
}

// chooses reports whether a statement runs one of several branches, and no other behind it.
func chooses(s ast.Stmt) bool {
	for {
		l, ok := s.(*ast.LabeledStmt)
		if !ok {
			break
		}
		s = l.Stmt
	}
	switch s.(type) {
	case *ast.IfStmt, *ast.SwitchStmt, *ast.TypeSwitchStmt, *ast.SelectStmt:
	default:
		return false
	}
	falls := false
	ast.Inspect(s, func(n ast.Node) bool {
		b, ok := n.(*ast.BranchStmt)
		falls = falls || ok && b.Tok == token.FALLTHROUGH
		return !falls
	})
	return !falls
}

// sameKey reports whether w deletes or sets the entry that the loop c is at: with a snapshot to loop over, that is as good as in the live map.
func sameKey(c, w *Site) bool {
	loop, ok := c.Node.(*ast.RangeStmt)
	if !ok || loop.Key == nil || loop.Tok != token.DEFINE {
		return false
	}
	var key ast.Expr
	switch n := w.Node.(type) {
	case *ast.IndexExpr:
		key = n.Index
	case *ast.CallExpr:
		if len(n.Args) != 2 {
			return false
		}
		key = n.Args[1]
	}
	k, ok := loop.Key.(*ast.Ident)
	used, isIdent := key.(*ast.Ident)
	return ok && isIdent && k.Name == used.Name && k.Name != "_"
}

// split covers the statements of a region by several sections, each as long as it can be, if no write depends on what another section has read.
func (h *Hold) split(r *region, sites []*Site, why string) ([]analysis.TextEdit, string) {
	depth := slices.IndexFunc(sites[0].lists, func(s spot) bool { return s.holder == r.holder })
	at := func(s *Site) int { return s.lists[depth].i }
	var edits []analysis.TextEdit
	for rest := sites; len(rest) > 0; {
		n := h.together(r, rest, at)
		part := rest[:n]
		rest = rest[n:]
		for _, s := range part {
			if w := h.depends(r, at, s, rest); w != nil {
				return nil, fmt.Sprintf("the check and the %s at line %d belong in one critical section, but %s", w.kind(), h.line(w.Node.Pos()), why)
			}
		}
		more, why := h.cover(part)
		if why != "" {
			return nil, why
		}
		edits = append(edits, more...)
	}
	return edits, ""
}

// together returns how many of the sites, which are in order, the next section takes: as many as one section can hold, or those of one statement.
func (h *Hold) together(r *region, sites []*Site, at func(*Site) int) int {
	for n := len(sites); n > 1; n-- {
		if n < len(sites) && at(sites[n]) == at(sites[n-1]) {
			continue
		}
		part := &region{spot: spot{r.holder, r.list, at(sites[0])}, j: at(sites[n-1])}
		if part.i == part.j {
			return n
		}
		if _, why := h.around(part, sites[:n], true); why == "" {
			return n
		}
	}
	return 1
}

// depends returns a write among then that may depend on what the statement with the read has found out: it uses a variable that is set there, or runs
// only if a check of one, or of the read itself, does not leave. A cache may be filled twice.
func (h *Hold) depends(r *region, at func(*Site) int, read *Site, then []*Site) *Site {
	stmt := r.list[at(read)]
	set := h.sets(stmt)
	for _, w := range then {
		if read.Write || !w.acts() || read.Map != w.Map {
			continue
		}
		if h.mentionsAny(r.list[at(w)], set) || h.decides(stmt, read, set) {
			return w
		}
		for _, between := range r.list[at(read)+1 : max(at(w), at(read)+1)] {
			if h.decides(between, read, set) {
				return w
			}
		}
	}
	return nil
}

// sets returns the variables that a statement sets.
func (h *Hold) sets(stmt ast.Stmt) []types.Object {
	info := h.Pkg.Pass.TypesInfo
	var out []types.Object
	ast.Inspect(stmt, func(n ast.Node) bool {
		id, ok := n.(*ast.Ident)
		if !ok {
			return true
		}
		obj := cmp.Or(info.Defs[id], info.Uses[id])
		if v, ok := obj.(*types.Var); ok && !v.IsField() && assigns(info, stmt, v) {
			out = append(out, v)
		}
		return true
	})
	return out
}

func (h *Hold) mentionsAny(n ast.Node, objs []types.Object) bool {
	return slices.ContainsFunc(objs, func(o types.Object) bool { return mentions(h.Pkg.Pass.TypesInfo, n, o) })
}

// decides reports whether something in a statement leaves, or does not, by what the read has found: what follows runs or not.
func (h *Hold) decides(stmt ast.Stmt, read *Site, set []types.Object) bool {
	found := false
	ast.Inspect(stmt, func(n ast.Node) bool {
		var head, body ast.Node
		switch n := n.(type) {
		case *ast.IfStmt:
			head, body = n.Cond, n.Body
		case *ast.SwitchStmt:
			head, body = n.Tag, n.Body
		case *ast.RangeStmt:
			head, body = n.X, n.Body
		case *ast.ForStmt:
			head, body = n.Cond, n.Body
		default:
			return !found
		}
		asks := contains(n, read.Node) && !contains(body, read.Node) || head != nil && h.mentionsAny(head, set)
		outs, _ := h.exits(&region{spot: spot{list: []ast.Stmt{n.(ast.Stmt)}}})
		found = found || asks && !h.handsOut(outs, set)
		return !found
	})
	return found
}

// handsOut reports whether all ways out return the entry that was found, one of the variables that are set: a cache, in which it is no matter who fills it.
func (h *Hold) handsOut(outs []ast.Stmt, set []types.Object) bool {
	set = slices.DeleteFunc(slices.Clone(set), func(o types.Object) bool {
		b, ok := o.Type().Underlying().(*types.Basic)
		return ok && b.Info()&types.IsBoolean != 0
	})
	for _, out := range outs {
		if _, ok := out.(*ast.ReturnStmt); !ok || !h.mentionsAny(out, set) {
			return false
		}
	}
	return true
}
