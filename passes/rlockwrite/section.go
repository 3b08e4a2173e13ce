package rlockwrite

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/cfg"

	"github.com/mapguard/mapguard/internal/models"
)

// section is a critical section as written: the calls that take a lock and those that release it, each acquire with all its
// releases and each release with all its acquires.
type section struct {
	acquires, releases []*lockCall
	nodes              []ast.Node // what is evaluated with the lock held
	ranges             []ast.Expr // what loops with the lock held, wholly or in part, range over
	open               bool       // some way out of the function leaves the lock held
}

func (s *section) holds(pos token.Pos) bool {
	return slices.ContainsFunc(s.nodes, func(n ast.Node) bool { return n.Pos() <= pos && pos < n.End() })
}

// sections returns the sections of the lock that is written as text in fn.
func (s *sources) sections(fn *function, text, key string) []*section {
	w := &walker{graph: cfg.New(fn.body, s.mayReturn), at: map[*ast.CallExpr]*lockCall{}}
	for _, op := range fn.ops {
		if op.text == text && op.key == key {
			w.at[op.call] = op
			if op.deferred && !op.acquire() {
				w.deferred = append(w.deferred, op)
			}
		}
	}
	var out []*section
	for _, b := range w.graph.Blocks {
		for i, n := range b.Nodes {
			for _, op := range w.calls(n) {
				if op.acquire() {
					out = merge(out, w.from(op, b, i))
				}
			}
		}
	}
	return out
}

// merge adds sec to the sections, joined with those that share a release.
func merge(all []*section, sec *section) []*section {
	var out []*section
	for _, o := range all {
		shared := slices.ContainsFunc(o.releases, func(r *lockCall) bool { return slices.Contains(sec.releases, r) })
		if !shared {
			out = append(out, o)
			continue
		}
		sec.acquires = append(o.acquires, sec.acquires...)
		for _, r := range o.releases {
			if !slices.Contains(sec.releases, r) {
				sec.releases = append(sec.releases, r)
			}
		}
		sec.nodes = append(sec.nodes, o.nodes...)
		sec.ranges = append(sec.ranges, o.ranges...)
		sec.open = sec.open || o.open
	}
	return append(out, sec)
}

// walker follows the flow of a function from where a lock is taken to where it is released.
type walker struct {
	graph    *cfg.CFG
	at       map[*ast.CallExpr]*lockCall
	deferred []*lockCall // the deferred releases of the function
}

// calls returns the calls of the lock in n in the order of the source. Those in function literals happen elsewhere, if the literal is not deferred.
func (w *walker) calls(n ast.Node) []*lockCall {
	var out []*lockCall
	ast.Inspect(n, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok && w.at[call] != nil {
			out = append(out, w.at[call])
		}
		return true
	})
	return out
}

type point struct {
	block    *cfg.Block
	deferred bool // the release has been deferred
}

// from returns the section that begins with op, in node i of block b.
func (w *walker) from(op *lockCall, b *cfg.Block, i int) *section {
	sec := &section{acquires: []*lockCall{op}}
	seen := map[point]bool{}
	var visit func(b *cfg.Block, i int, deferred bool)
	visit = func(b *cfg.Block, i int, deferred bool) {
		if loop, ok := b.Stmt.(*ast.RangeStmt); ok && b.Kind == cfg.KindRangeLoop {
			sec.ranges = append(sec.ranges, loop.X)
		}
		for ; i < len(b.Nodes); i++ {
			n := b.Nodes[i]
			sec.nodes = append(sec.nodes, n)
			for _, r := range w.calls(n) {
				if r == op || r.acquire() {
					continue
				}
				if !slices.Contains(sec.releases, r) {
					sec.releases = append(sec.releases, r)
				}
				if !r.deferred {
					return
				}
				deferred = true
			}
			if _, ok := n.(*ast.ReturnStmt); ok && !deferred {
				sec.open = true
			}
		}
		for _, next := range b.Succs {
			if p := (point{next, deferred}); !seen[p] {
				seen[p] = true
				visit(next, 0, deferred)
			}
		}
	}
	visit(b, i, false)
	w.settle(sec, op)
	return sec
}

// settle closes an open section by releases that were deferred before it began: unlock around a slow call, and lock again.
func (w *walker) settle(sec *section, op *lockCall) {
	if !sec.open {
		return
	}
	for _, r := range w.deferred {
		if r.call.Pos() < op.call.Pos() {
			sec.open = false
			if !slices.Contains(sec.releases, r) {
				sec.releases = append(sec.releases, r)
			}
		}
	}
}

// mayReturn reports whether a call can return.
func (s *sources) mayReturn(call *ast.CallExpr) bool {
	switch fun := ast.Unparen(call.Fun).(type) {
	case *ast.Ident:
		if b, ok := s.pass.TypesInfo.Uses[fun].(*types.Builtin); ok {
			return b.Name() != "panic"
		}
		fn, ok := s.pass.TypesInfo.Uses[fun].(*types.Func)
		return !ok || !models.IsNoReturn(fn)
	case *ast.SelectorExpr:
		fn, ok := s.pass.TypesInfo.Uses[fun.Sel].(*types.Func)
		return !ok || !models.IsNoReturn(fn)
	}
	return true
}
