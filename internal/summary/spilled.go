package summary

import (
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"
)

// Spilled returns what a return statement gives back where v is loaded from the variable of a result: a function that defers anything puts its results there first,
// and each return statement finds what it has put there itself, not what another one has. It is v where something else may set the variable in between.
func Spilled(v ssa.Value) ssa.Value {
	load, ok := v.(*ssa.UnOp)
	if !ok || load.Op != token.MUL {
		return v
	}
	result, ok := load.X.(*ssa.Alloc)
	if !ok || slices.ContainsFunc(*result.Referrers(), func(ref ssa.Instruction) bool { return !setsOrReads(ref, result) }) {
		return v
	}
	before := load.Block().Instrs
	for _, instr := range slices.Backward(before[:slices.Index(before, ssa.Instruction(load))]) {
		if st, ok := instr.(*ssa.Store); ok && st.Addr == ssa.Value(result) {
			return st.Val
		}
	}
	return v
}

// setsOrReads reports whether ref does nothing with the variable but to set or to read it.
func setsOrReads(ref ssa.Instruction, variable *ssa.Alloc) bool {
	switch ref := ref.(type) {
	case *ssa.Store:
		return ref.Addr == ssa.Value(variable) && ref.Val != ssa.Value(variable)
	case *ssa.UnOp, *ssa.DebugRef:
		return true
	}
	return false
}

// justSet returns what v was set to right before it is loaded, where it is loaded from a variable that closures may have, too: a result that a deferred one looks
// at. It is v where something is called in between, which may set it.
func justSet(v ssa.Value) ssa.Value {
	load, ok := v.(*ssa.UnOp)
	if !ok || load.Op != token.MUL {
		return v
	}
	if _, ok := load.X.(*ssa.Alloc); !ok {
		return v
	}
	before := load.Block().Instrs
	for _, instr := range slices.Backward(before[:slices.Index(before, ssa.Instruction(load))]) {
		switch instr := instr.(type) {
		case *ssa.Store:
			if instr.Addr == load.X {
				return instr.Val
			}
		case ssa.CallInstruction:
			return v
		}
	}
	return v
}
