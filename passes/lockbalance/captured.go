package lockbalance

import (
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"
)

// asked is the name of a value by itself, for what was found out of it: two loads of a captured variable that nobody sets are one.
func (n *namer) asked(v ssa.Value) string {
	load, ok := v.(*ssa.UnOp)
	if !ok || load.Op != token.MUL {
		return n.itself(v)
	}
	at := load.X
	for {
		field, ok := at.(*ssa.FieldAddr)
		if !ok {
			break
		}
		at = field.X
	}
	free, ok := at.(*ssa.FreeVar)
	if !ok || !setOnce(free) {
		return n.itself(v)
	}
	return selfMark + n.of(v) + ";"
}

// setOnce reports whether a captured variable is set where it is declared, before it was captured, and only read then.
func setOnce(free *ssa.FreeVar) bool {
	fn := free.Parent()
	i := slices.Index(fn.FreeVars, free)
	if !onlyRead(free, 0) || fn.Parent() == nil {
		return false
	}
	found := false
	for _, b := range fn.Parent().Blocks {
		for _, instr := range b.Instrs {
			made, ok := instr.(*ssa.MakeClosure)
			if !ok || made.Fn != fn {
				continue
			}
			switch from := made.Bindings[i].(type) {
			case *ssa.Alloc:
				found = onlyRead(from, 1)
			case *ssa.FreeVar:
				found = setOnce(from)
			default:
				return false
			}
			if !found {
				return false
			}
		}
	}
	return found
}

// onlyRead reports whether what is at addr is stored at most so many times, and else only read, by function literals, too.
func onlyRead(addr ssa.Value, stores int) bool {
	if addr.Referrers() == nil {
		return false
	}
	for _, ref := range *addr.Referrers() {
		switch ref := ref.(type) {
		case *ssa.UnOp, *ssa.DebugRef:
		case *ssa.Store:
			if stores--; ref.Addr != addr || stores < 0 {
				return false
			}
		case *ssa.FieldAddr:
			if !onlyRead(ref, 0) {
				return false
			}
		case *ssa.MakeClosure:
			fn := ref.Fn.(*ssa.Function)
			for i, b := range ref.Bindings {
				if b == addr && !onlyRead(fn.FreeVars[i], 0) {
					return false
				}
			}
		default:
			return false
		}
	}
	return true
}
