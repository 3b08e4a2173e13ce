package lockbalance

import (
	"slices"

	"golang.org/x/tools/go/ssa"
)

// handsOut reports whether the lock taken at is left held only where the object that has it is returned, and nowhere where that is returned is it given up: whoever
// gets the object gets it locked. A method that returns its receiver in any case hands out nothing.
func handsOut(at ssa.Instruction, exits []ssa.Instruction) bool {
	call, ok := at.(ssa.CallInstruction)
	if !ok || len(call.Common().Args) == 0 {
		return false
	}
	object := owner(call.Common().Args[0])
	hands := func(exit ssa.Instruction) bool {
		ret, ok := exit.(*ssa.Return)
		return ok && slices.Contains(ret.Results, object)
	}
	for _, b := range at.Parent().Blocks {
		if exit := b.Instrs[len(b.Instrs)-1]; hands(exit) && !slices.Contains(exits, exit) {
			return false
		}
	}
	return !slices.ContainsFunc(exits, func(exit ssa.Instruction) bool { return !hands(exit) })
}

// owner returns the object that has the lock at an address.
func owner(addr ssa.Value) ssa.Value {
	for {
		field, ok := addr.(*ssa.FieldAddr)
		if !ok {
			return addr
		}
		addr = field.X
	}
}
