package edit

import (
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
			if !c.Write && w.Write && c.Map == w.Map && !sameKey(c, w) {
				return w
			}
		}
	}
	return nil
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
			if w := h.depends(r.list[at(s)], part, rest); w != nil {
				return nil, fmt.Sprintf("the check and the write at line %d belong in one critical section, but %s", h.line(w.Node.Pos()), why)
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

// depends returns a write among then whose statement uses a variable that the statement of one of the reads sets.
func (h *Hold) depends(stmt ast.Stmt, reads, then []*Site) *Site {
	info := h.Pkg.Pass.TypesInfo
	for _, r := range reads {
		for _, w := range then {
			if r.Write || !w.Write || r.Map != w.Map {
				continue
			}
			found := false
			ast.Inspect(w.stmt(), func(n ast.Node) bool {
				if id, ok := n.(*ast.Ident); ok {
					if v, ok := info.Uses[id].(*types.Var); ok && !v.IsField() && assigns(info, stmt, v) {
						found = true
					}
				}
				return !found
			})
			if found {
				return w
			}
		}
	}
	return nil
}
