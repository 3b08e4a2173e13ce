package summary

import (
	"slices"

	"golang.org/x/tools/go/ssa"
)

// sccs returns the strongly connected components of the functions under "needs the summary of", callees first (Tarjan). Within a
// component, too, callees come first but for the calls that close a cycle: a round over it carries what a function does all the way up.
func sccs(funcs []*ssa.Function, needs func(*ssa.Function) []*ssa.Function) [][]*ssa.Function {
	t := &tarjan{needs: needs, index: map[*ssa.Function]int{}, low: map[*ssa.Function]int{}, on: map[*ssa.Function]bool{}, in: map[*ssa.Function]bool{}}
	for _, fn := range funcs {
		t.in[fn] = true
	}
	for _, fn := range funcs {
		if t.index[fn] == 0 {
			t.visit(fn)
		}
	}
	return t.out
}

type tarjan struct {
	needs      func(*ssa.Function) []*ssa.Function
	index, low map[*ssa.Function]int
	on, in     map[*ssa.Function]bool
	stack      []*ssa.Function
	done       []*ssa.Function // in the order in which all callees were visited
	out        [][]*ssa.Function
}

func (t *tarjan) visit(fn *ssa.Function) {
	t.index[fn] = len(t.index) + 1
	t.low[fn] = t.index[fn]
	t.stack = append(t.stack, fn)
	t.on[fn] = true
	for _, callee := range t.needs(fn) {
		switch {
		case !t.in[callee]:
		case t.index[callee] == 0:
			t.visit(callee)
			t.low[fn] = min(t.low[fn], t.low[callee])
		case t.on[callee]:
			t.low[fn] = min(t.low[fn], t.index[callee])
		}
	}
	t.done = append(t.done, fn)
	if t.low[fn] != t.index[fn] {
		return
	}
	i := len(t.stack) - 1
	for t.stack[i] != fn {
		i--
	}
	n := len(t.done) - (len(t.stack) - i)
	scc := slices.Clone(t.done[n:])
	t.stack, t.done = t.stack[:i], t.done[:n]
	for _, f := range scc {
		t.on[f] = false
	}
	t.out = append(t.out, scc)
}

// mentions returns the functions of this package whose summary a function with this body may use: callees, closures, operands.
func (u *unit) mentions(fn *ssa.Function) []*ssa.Function {
	var out []*ssa.Function
	var ops []*ssa.Value
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			for _, op := range instr.Operands(ops[:0]) {
				switch op := (*op).(type) {
				case *ssa.Function:
					out = append(out, u.target(op))
				case *ssa.Global:
					if w, ok := u.wrappers[op]; ok {
						out = append(out, u.target(w.fn))
					}
				}
			}
			if call, ok := instr.(ssa.CallInstruction); ok {
				if call.Common().IsInvoke() {
					out = append(out, u.implementations(fn, call.Common())...)
				}
				out = append(out, u.asked(call.Common())...)
			}
		}
	}
	for i := range fn.FreeVars {
		if c := u.captures(fn).funcs[i]; c != nil {
			out = append(out, u.target(c.fn))
		}
	}
	return out
}
