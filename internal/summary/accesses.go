package summary

import (
	"go/token"
	"go/types"
	"iter"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/domain"
)

// Accesses returns what a function does to the memory at loc, as far as it counts as class, with where it stands in it: the access, or the call that leads to it. A
// summary holds one of the calls that do the same, and here are all of them.
func (r *Result) Accesses(fn *types.Func, loc domain.Sym, class domain.Kind) iter.Seq2[*domain.Access, token.Pos] {
	return func(yield func(*domain.Access, token.Pos) bool) {
		for _, f := range r.Funcs {
			if f.SSA.Object() != types.Object(fn) {
				continue
			}
			for i := range f.Summary.Accesses {
				a := &f.Summary.Accesses[i]
				if a.Path.Loc() != loc || a.Kind.Class() != class {
					continue
				}
				pos := a.Pos
				if len(a.Chain) > 0 {
					pos = a.Chain[0].Pos
				}
				if at := r.At(pos); at.IsValid() && (!yield(a, at) || len(a.Chain) > 0 && !r.again(f.SSA, a, at, yield)) {
					return
				}
			}
		}
	}
}

// again yields a for the other calls of fn to the function that the call at a position is of.
func (r *Result) again(fn *ssa.Function, a *domain.Access, at token.Pos, yield func(*domain.Access, token.Pos) bool) bool {
	calls := callsIn(fn)
	i := slices.IndexFunc(calls, func(c ssa.CallInstruction) bool { return c.Pos() == at })
	if i < 0 {
		return true
	}
	callee := calls[i].Common().StaticCallee()
	for _, c := range calls {
		if callee == nil || c.Common().StaticCallee() != callee || c.Pos() == at || !c.Pos().IsValid() {
			continue
		}
		other := *a
		other.Chain = slices.Clone(a.Chain)
		other.Chain[0].Pos = r.u.pos(c.Pos())
		if !yield(&other, c.Pos()) {
			return false
		}
	}
	return true
}

func callsIn(fn *ssa.Function) (calls []ssa.CallInstruction) {
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			if c, ok := instr.(ssa.CallInstruction); ok {
				calls = append(calls, c)
			}
		}
	}
	return calls
}
