// Package flow solves forward data-flow problems over the basic blocks of an SSA function.
//
// The shape is that of x/tools' internal/flow, which can't be imported. It is dense, one state per block: staticcheck's history with
// sparser forms (go/ir, "remove Sigma nodes") shows that nothing cleverer pays.
package flow

import (
	"slices"

	"golang.org/x/tools/go/ssa"
)

// Problem is a monotone forward problem with states S. States are immutable: neither function may change its arguments.
type Problem[S any] interface {
	// Join merges the states of two edges into one block. It is commutative, associative and idempotent.
	Join(a, b S) S
	// Equal reports whether two states are the same; the solver ends when no block's state changes.
	Equal(a, b S) bool
	// Transfer returns the state on each edge out of b, in the order of b.Succs, given the state on entry. The slice is read before the next call only.
	Transfer(b *ssa.BasicBlock, in S) []S
}

// Solution holds the state on entry of each block that can be reached, by block index.
type Solution[S any] struct {
	In      []S
	Reached []bool
	// Transfers counts the blocks processed: the cost of the solution.
	Transfers int
	// Cut: the bound on transfers was hit, the states are no fixed point.
	Cut bool
}

// maxRounds bounds the transfers of one block. The states of mapguard are a few small sets each of which grows or shrinks only, so
// a block settles after a handful; the bound is there for a problem that isn't monotone by mistake.
const maxRounds = 64

// Forward computes the least solution of p for fn, with the state entry at its first block. The states are put into room, an empty slice, as far as it goes.
func Forward[S any](fn *ssa.Function, p Problem[S], entry S, room []S) *Solution[S] {
	n := len(fn.Blocks)
	sol := &Solution[S]{In: slices.Grow(room, n)[:n], Reached: make([]bool, n)}
	if n == 0 {
		return sol
	}
	rank, order := postorder(fn)
	sol.In[0], sol.Reached[0] = entry, true
	// Process by rank, not first in first out: a block then waits for all its predecessors inside one sweep.
	work := newQueue(rank)
	work.push(0)
	for !work.empty() {
		b := fn.Blocks[order[work.pop()]]
		if sol.Transfers++; sol.Transfers > maxRounds*n {
			sol.Cut = true
			break
		}
		out := p.Transfer(b, sol.In[b.Index])
		for i, succ := range b.Succs {
			in := out[i]
			if sol.Reached[succ.Index] {
				in = p.Join(sol.In[succ.Index], in)
				if p.Equal(in, sol.In[succ.Index]) {
					continue
				}
			}
			sol.In[succ.Index], sol.Reached[succ.Index] = in, true
			work.push(succ.Index)
		}
	}
	return sol
}

// postorder returns the reverse postorder rank of each block and the blocks in that order.
func postorder(fn *ssa.Function) (rank, order []int) {
	n := len(fn.Blocks)
	rank = make([]int, n)
	seen := make([]bool, n)
	type frame struct{ block, next int }
	stack := []frame{{0, 0}}
	seen[0] = true
	for len(stack) > 0 {
		top := &stack[len(stack)-1]
		succs := fn.Blocks[top.block].Succs
		if top.next < len(succs) {
			s := succs[top.next].Index
			top.next++
			if !seen[s] {
				seen[s] = true
				stack = append(stack, frame{s, 0})
			}
			continue
		}
		order = append(order, top.block)
		stack = stack[:len(stack)-1]
	}
	for i, j := 0, len(order)-1; i < j; i, j = i+1, j-1 {
		order[i], order[j] = order[j], order[i]
	}
	for i, b := range order {
		rank[b] = i
	}
	return rank, order
}

// queue is a set of ranks that yields the lowest first.
type queue struct {
	rank    []int
	waiting []bool
	low     int
	size    int
}

func newQueue(rank []int) *queue {
	return &queue{rank: rank, waiting: make([]bool, len(rank)), low: len(rank)}
}

func (q *queue) empty() bool { return q.size == 0 }

func (q *queue) push(block int) {
	r := q.rank[block]
	if !q.waiting[r] {
		q.waiting[r] = true
		q.size++
		q.low = min(q.low, r)
	}
}

func (q *queue) pop() int {
	for !q.waiting[q.low] {
		q.low++
	}
	q.waiting[q.low] = false
	q.size--
	return q.low
}

// Reachable returns the blocks that can be reached from b, b among them, without going through except.
func Reachable(b, except *ssa.BasicBlock) map[*ssa.BasicBlock]bool {
	seen := map[*ssa.BasicBlock]bool{}
	for work := []*ssa.BasicBlock{b}; len(work) > 0; {
		b := work[len(work)-1]
		work = work[:len(work)-1]
		if b != except && !seen[b] {
			seen[b] = true
			work = append(work, b.Succs...)
		}
	}
	return seen
}

// Reaches reports whether control can go from one block to another, by at least one edge.
func Reaches(from, to *ssa.BasicBlock) bool {
	return slices.ContainsFunc(from.Succs, func(s *ssa.BasicBlock) bool { return Reachable(s, nil)[to] })
}

// Precedes reports whether a comes before b on every way to b.
func Precedes(a, b ssa.Instruction) bool {
	if a.Block() != b.Block() {
		return a.Block().Dominates(b.Block())
	}
	instrs := b.Block().Instrs
	return slices.Index(instrs, a) < slices.Index(instrs, b)
}

// Cyclic reports, by block index, which blocks of fn may run again after themselves: those of strongly connected components, found as Gabow does
// (Path-based depth-first search, 2000). Blocks after a loop stand between its head and its end in most orders, so an order alone does not tell.
func Cyclic(fn *ssa.Function) []bool {
	g := &gabow{fn: fn, pre: make([]int, len(fn.Blocks)), done: make([]bool, len(fn.Blocks)), out: make([]bool, len(fn.Blocks))}
	for i := range fn.Blocks {
		if g.pre[i] == 0 {
			g.visit(i)
		}
	}
	return g.out
}

type gabow struct {
	fn    *ssa.Function
	pre   []int // preorder number, 0 if not visited
	count int
	done  []bool // its component is known
	open  []int  // blocks whose component is not known
	heads []int  // those that may be the first of theirs
	out   []bool
}

// visit goes depth first without recursion: a function may be as deep as it is long.
func (g *gabow) visit(root int) {
	type frame struct{ block, next int }
	stack := []frame{{root, 0}}
	g.enter(root)
	for len(stack) > 0 {
		top := &stack[len(stack)-1]
		succs := g.fn.Blocks[top.block].Succs
		if top.next == len(succs) {
			g.leave(top.block)
			stack = stack[:len(stack)-1]
			continue
		}
		s := succs[top.next].Index
		top.next++
		switch {
		case g.pre[s] == 0:
			g.enter(s)
			stack = append(stack, frame{s, 0})
		case !g.done[s]:
			g.out[s] = g.out[s] || s == top.block
			for g.pre[g.heads[len(g.heads)-1]] > g.pre[s] {
				g.heads = g.heads[:len(g.heads)-1]
			}
		}
	}
}

func (g *gabow) enter(b int) {
	g.count++
	g.pre[b] = g.count
	g.open, g.heads = append(g.open, b), append(g.heads, b)
}

// leave closes the component of b if it is the first of it.
func (g *gabow) leave(b int) {
	if g.heads[len(g.heads)-1] != b {
		return
	}
	g.heads = g.heads[:len(g.heads)-1]
	for last := len(g.open) - 1; ; last-- {
		c := g.open[last]
		g.done[c] = true
		g.out[c] = g.out[c] || c != b || last != len(g.open)-1
		if c == b {
			g.open = g.open[:last]
			return
		}
	}
}
