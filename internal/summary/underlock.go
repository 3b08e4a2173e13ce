package summary

import (
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// calledByName returns the function or the method of an interface that c calls by name, nil if there is none.
func calledByName(c *ssa.CallCommon) *types.Func {
	if f := c.StaticCallee(); f != nil {
		return origin(f)
	}
	return c.Method
}

// locked reports whether a call is made with some lock held that its function has taken: surely taken before, and not surely given up since.
func (s *runnerScan) locked(call ssa.CallInstruction) bool {
	if fn := call.Parent(); s.lockedBy != fn {
		s.lockedBy, s.underLock = fn, underLock(fn)
	}
	return s.underLock[call]
}

// underLock returns the calls of fn before which, of those calls that surely come before and take or give up locks, the last one takes some. All that
// surely come before one place do so in one order, that of the dominators, so that each block begins with what its dominator ends with.
func underLock(fn *ssa.Function) map[ssa.CallInstruction]bool {
	under, held := map[ssa.CallInstruction]bool{}, make([]bool, len(fn.Blocks))
	for _, b := range fn.DomPreorder() {
		h := b.Idom() != nil && held[b.Idom().Index]
		for _, instr := range b.Instrs {
			call, ok := instr.(ssa.CallInstruction)
			if !ok {
				continue
			}
			if h {
				under[call] = true
			}
			if now, ok := call.(*ssa.Call); ok {
				if obj := calledByName(&now.Call); obj != nil {
					takes, gives := locks(obj)
					h = !gives && (takes || h)
				}
			}
		}
		held[b.Index] = h
	}
	return under
}
