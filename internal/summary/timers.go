package summary

import (
	"golang.org/x/tools/go/ssa"
)

// neverStopped reports whether nothing stops the timer v: it is dropped, or kept in a field that no function of the package stops.
func (u *unit) neverStopped(v ssa.Value) bool {
	for _, ref := range *v.Referrers() {
		st, ok := ref.(*ssa.Store)
		if !ok {
			return false
		}
		at, ok := u.variableAt(st.Addr)
		if !ok || at.field == 0 || u.stopped[at] {
			return false
		}
	}
	return true
}

// findStopped notes the variables with timers that are stopped or set again.
func (u *unit) findStopped(fn *ssa.Function) {
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			call, ok := instr.(ssa.CallInstruction)
			if !ok {
				continue
			}
			callee := call.Common().StaticCallee()
			if callee == nil || callee.Pkg == nil || callee.Pkg.Pkg.Path() != "time" || callee.Name() != "Stop" && callee.Name() != "Reset" || len(call.Common().Args) == 0 {
				continue
			}
			if v, ok := u.variableOf(call.Common().Args[0]); ok {
				u.stopped[v] = true
			}
		}
	}
}
