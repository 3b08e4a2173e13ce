package summary

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/domain"
)

// handedOver reports whether the variable that load reads is set to another map further down in the same block: old := s.m; s.m = make(…).
// Whoever does that has the old map to itself. (In another block it could be lazy initialisation.) So it is with a struct that holds maps, unless what
// is stored is the copy again, with a change: c := s.conf; c.n++; s.conf = c.
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
		if !after || !ok || !types.Identical(st.Addr.Type(), load.X.Type()) || st.Val == ssa.Value(load) || f.isCopy(st.Val, load) {
			continue
		}
		if st.Addr == load.X || samePaths(f.paths(st.Addr), f.paths(load.X)) {
			return true
		}
	}
	return false
}

// mayHandOver reports whether load reads a map, or a struct with maps that lies elsewhere. To look behind each load of a literal's parts would take the square
// of its size, and there are tables of ten thousand.
func (f *function) mayHandOver(load *ssa.UnOp) bool {
	_, local := load.X.(*ssa.Alloc)
	return isMap(load.Type()) || !local && isStruct(load.Type()) && reachesMap(load.Type())
}

// isCopy reports whether v is what a variable holds that was set to the struct that load reads, or may have been.
func (f *function) isCopy(v ssa.Value, load *ssa.UnOp) bool {
	if isMap(load.Type()) {
		return false
	}
	switch v := v.(type) {
	case *ssa.Const:
		return false
	case *ssa.UnOp:
		alloc, ok := v.X.(*ssa.Alloc)
		return !ok || slices.Contains(f.stores(alloc).vals, ssa.Value(load))
	}
	return true
}

// replaces reports whether a function of this package that call reaches sets the variable at addr to a new map.
func (f *function) replaces(call *ssa.Call, addr ssa.Value) bool {
	known, _ := f.targets(&call.Call)
	if len(known) != 1 || known[0].fn == nil {
		return false
	}
	f.u.looked.note(known[0].fn)
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
