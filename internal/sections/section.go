package sections

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/cfg"

	"github.com/mapguard/mapguard/internal/domain"
	"github.com/mapguard/mapguard/internal/models"
)

// Section is a critical section as written: the calls that take a lock and those that release it, each acquire with all its
// releases and each release with all its acquires.
type Section struct {
	Acquires, Releases []*Call
	Nodes              []ast.Node // what is evaluated with the lock held
	Ranges             []ast.Expr // what loops with the lock held, wholly or in part, range over
	Open               bool       // some way out of the function leaves the lock held
}

func (s *Section) holds(pos token.Pos) bool {
	return slices.ContainsFunc(s.Nodes, func(n ast.Node) bool { return n.Pos() <= pos && pos < n.End() })
}

// Sections returns the sections of the lock that is written as text in fn.
func (p *Package) Sections(fn *Func, text, key string) []*Section {
	w := &walker{graph: cfg.New(fn.Body, p.mayReturn), at: map[*ast.CallExpr]*Call{}}
	for _, op := range fn.Ops {
		if op.Text == text && op.Key == key {
			w.at[op.Call] = op
			if op.Deferred && !op.Acquire() {
				w.deferred = append(w.deferred, op)
			}
		}
	}
	var out []*Section
	for _, b := range w.graph.Blocks {
		for i, n := range b.Nodes {
			for _, op := range w.calls(n) {
				if op.Acquire() {
					out = merge(out, w.from(op, b, i))
				}
			}
		}
	}
	return out
}

// merge adds sec to the sections, joined with those that share a release.
func merge(all []*Section, sec *Section) []*Section {
	var out []*Section
	for _, o := range all {
		shared := slices.ContainsFunc(o.Releases, func(r *Call) bool { return slices.Contains(sec.Releases, r) })
		if !shared {
			out = append(out, o)
			continue
		}
		sec.Acquires = append(o.Acquires, sec.Acquires...)
		for _, r := range o.Releases {
			if !slices.Contains(sec.Releases, r) {
				sec.Releases = append(sec.Releases, r)
			}
		}
		sec.Nodes = append(sec.Nodes, o.Nodes...)
		sec.Ranges = append(sec.Ranges, o.Ranges...)
		sec.Open = sec.Open || o.Open
	}
	return append(out, sec)
}

// walker follows the flow of a function from where a lock is taken to where it is released.
type walker struct {
	graph    *cfg.CFG
	at       map[*ast.CallExpr]*Call
	deferred []*Call // the deferred releases of the function
}

// calls returns the calls of the lock in n in the order of the source. Those in function literals happen elsewhere, if the literal is not deferred.
func (w *walker) calls(n ast.Node) []*Call {
	var out []*Call
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
func (w *walker) from(op *Call, b *cfg.Block, i int) *Section {
	sec := &Section{Acquires: []*Call{op}}
	seen := map[point]bool{}
	var visit func(b *cfg.Block, i int, deferred bool)
	visit = func(b *cfg.Block, i int, deferred bool) {
		if loop, ok := b.Stmt.(*ast.RangeStmt); ok && b.Kind == cfg.KindRangeLoop {
			sec.Ranges = append(sec.Ranges, loop.X)
		}
		for ; i < len(b.Nodes); i++ {
			n := b.Nodes[i]
			sec.Nodes = append(sec.Nodes, n)
			for _, r := range w.calls(n) {
				if r == op || r.Acquire() {
					continue
				}
				if !slices.Contains(sec.Releases, r) {
					sec.Releases = append(sec.Releases, r)
				}
				if !r.Deferred {
					return
				}
				deferred = true
			}
			if _, ok := n.(*ast.ReturnStmt); ok && !deferred {
				sec.Open = true
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
func (w *walker) settle(sec *Section, op *Call) {
	if !sec.Open {
		return
	}
	for _, r := range w.deferred {
		if r.Call.Pos() < op.Call.Pos() {
			sec.Open = false
			if !slices.Contains(sec.Releases, r) {
				sec.Releases = append(sec.Releases, r)
			}
		}
	}
}

// mayReturn reports whether a call can return.
func (p *Package) mayReturn(call *ast.CallExpr) bool {
	switch fun := ast.Unparen(call.Fun).(type) {
	case *ast.Ident:
		if b, ok := p.Pass.TypesInfo.Uses[fun].(*types.Builtin); ok {
			return b.Name() != "panic"
		}
		fn, ok := p.Pass.TypesInfo.Uses[fun].(*types.Func)
		return !ok || !models.IsNoReturn(fn)
	case *ast.SelectorExpr:
		fn, ok := p.Pass.TypesInfo.Uses[fun.Sel].(*types.Func)
		return !ok || !models.IsNoReturn(fn)
	}
	return true
}

// Around returns the one section of l in fn that the position at lies in, or why there is none.
func (p *Package) Around(fn *Func, at token.Pos, l *domain.Lock) (*Section, string) {
	var found *Section
	seen := map[string]bool{}
	for _, op := range fn.Ops {
		if !op.Is(l) || seen[op.Text] {
			continue
		}
		seen[op.Text] = true
		for _, sec := range p.Sections(fn, op.Text, op.Key) {
			if !sec.holds(at) {
				continue
			}
			if found != nil {
				return nil, "another lock of that name is taken in the section"
			}
			found = sec
		}
	}
	switch {
	case found == nil:
		return nil, "its section is not clear"
	case tries(found):
		return nil, "the lock is taken by an attempt"
	case len(found.Releases) == 0 || found.Open:
		return nil, "the lock is not released in this function on every path"
	}
	return found, ""
}
