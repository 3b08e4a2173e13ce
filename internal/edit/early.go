package edit

import (
	"go/ast"
	"slices"
)

// leavesEarly returns the region with the branches that leave it and do something slow on the way, such as to log, and don't touch the map: the lock is
// given up where such a branch begins.
func (h *Hold) leavesEarly(r *region, sites []*Site) *region {
	out := *r
	outs, _ := h.exits(r)
	for _, stmt := range r.stmts() {
		ast.Inspect(stmt, func(n ast.Node) bool {
			i, ok := n.(*ast.IfStmt)
			if !ok {
				return true
			}
			b := i.Body
			leaves := len(b.List) > 0 && slices.Contains(outs, b.List[len(b.List)-1])
			touches := slices.ContainsFunc(sites, func(s *Site) bool { return contains(b, s.Node) })
			if leaves && !touches && h.Pkg.Slow(h, b) != "" {
				out.left = append(out.left, b)
				return false
			}
			return true
		})
	}
	return &out
}

// held returns the parts of a statement that run with the lock held.
func (r *region) held(n ast.Node) []ast.Node {
	if !slices.ContainsFunc(r.left, func(b *ast.BlockStmt) bool { return contains(n, b) }) {
		return []ast.Node{n}
	}
	var out []ast.Node
	switch n := n.(type) {
	case *ast.BlockStmt:
		if slices.Contains(r.left, n) {
			return nil
		}
		for _, s := range n.List {
			out = append(out, r.held(s)...)
		}
		return out
	case *ast.IfStmt:
		if n.Init != nil {
			out = append(out, n.Init)
		}
		out = append(append(out, n.Cond), r.held(n.Body)...)
		if n.Else != nil {
			out = append(out, r.held(n.Else)...)
		}
		return out
	}
	return []ast.Node{n}
}
