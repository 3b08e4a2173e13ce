package lockbalance

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/models"
)

// lends notes the locks that the function of w passes to others whose function literals have them: what those do, on a goroutine or when they are called after
// the return, is not known where the lock is used.
func (c *checker) lends(w *walker) {
	for _, b := range w.fn.Blocks {
		for _, instr := range b.Instrs {
			call, ok := instr.(ssa.CallInstruction)
			if !ok || call.Common().IsInvoke() {
				continue
			}
			callee := call.Common().StaticCallee()
			if callee == nil || len(callee.AnonFuncs) == 0 {
				continue // as most
			}
			for i, arg := range call.Common().Args {
				if mi, ok := arg.(*ssa.MakeInterface); ok {
					arg = mi.X
				}
				if !models.IsLock(arg.Type()) || !captures(callee, i) {
					continue
				}
				if p, ok := w.locks.Path(arg); ok {
					c.lent[p.Loc()] = true
				}
			}
		}
	}
}

// captures reports whether a function literal of fn, or one in that, may have captured its parameter i.
func captures(fn *ssa.Function, i int) bool {
	if i >= len(fn.Params) {
		return false
	}
	p := fn.Params[i]
	return slices.ContainsFunc(*p.Referrers(), func(ref ssa.Instruction) bool {
		if st, ok := ref.(*ssa.Store); ok {
			cell, ok := st.Addr.(*ssa.Alloc)
			return ok && slices.ContainsFunc(*cell.Referrers(), isClosure)
		}
		return isClosure(ref)
	})
}

func isClosure(instr ssa.Instruction) bool {
	_, ok := instr.(*ssa.MakeClosure)
	return ok
}
