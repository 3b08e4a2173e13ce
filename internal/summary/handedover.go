package summary

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/domain"
)

// handedOver reports whether the variable that load reads is set to another map further down in the same block: old := s.m; s.m = make(…).
// Whoever does that has the old map to itself. (In another block it could be lazy initialisation.)
func (f *function) handedOver(load *ssa.UnOp) bool {
	after := false
	for _, instr := range load.Block().Instrs {
		if instr == ssa.Instruction(load) {
			after = true
			continue
		}
		if call, ok := instr.(*ssa.Call); ok && after && f.replaces(call, load.X) {
			return true
		}
		st, ok := instr.(*ssa.Store)
		if !after || !ok || !types.Identical(st.Addr.Type(), load.X.Type()) || st.Val == ssa.Value(load) {
			continue
		}
		if st.Addr == load.X || samePaths(f.paths(st.Addr), f.paths(load.X)) {
			return true
		}
	}
	return false
}

// replaces reports whether a function of this package that call reaches sets the variable at addr to a new map.
func (f *function) replaces(call *ssa.Call, addr ssa.Value) bool {
	known, _ := f.targets(&call.Call)
	if len(known) != 1 || known[0].fn == nil {
		return false
	}
	sum := f.u.sums[known[0].fn]
	if sum == nil {
		return false
	}
	for i := range sum.Accesses {
		a := &sum.Accesses[i]
		if a.Kind == domain.Replace && a.Fresh && a.Site == 0 && samePaths(f.env(known[0], call).content(&a.Path), f.paths(addr)) {
			return true
		}
	}
	return false
}
