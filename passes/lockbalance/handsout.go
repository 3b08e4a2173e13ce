package lockbalance

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/domain"
	"github.com/mapguard/mapguard/internal/flow"
	"github.com/mapguard/mapguard/internal/summary"
)

// handsOut reports whether the lock taken at is left held only where the object that has it is returned, or one that was made with it, and nowhere where that is
// returned is it given up: whoever gets the object gets it locked. A method that returns its receiver in any case hands out nothing.
func (w *walker) handsOut(at ssa.Instruction, exits []ssa.Instruction) bool {
	call, ok := at.(ssa.CallInstruction)
	if !ok || len(call.Common().Args) == 0 {
		return false
	}
	addr := call.Common().Args[0]
	object := owner(addr)
	lock, known := w.locks.Path(addr)
	hands := func(exit ssa.Instruction) bool {
		ret, ok := exit.(*ssa.Return)
		return ok && slices.ContainsFunc(ret.Results, func(v ssa.Value) bool {
			v = summary.Spilled(v)
			return v == object || sameVariable(v, object) || known && w.has(v, lock)
		})
	}
	behind := flow.Reachable(at.Block(), nil)
	for _, b := range at.Parent().Blocks {
		if exit := b.Instrs[len(b.Instrs)-1]; behind[b] && hands(exit) && !slices.Contains(exits, exit) {
			return false
		}
	}
	return !slices.ContainsFunc(exits, func(exit ssa.Instruction) bool { return !hands(exit) })
}

// sameVariable reports whether two values are read from one variable, such as a result that has a name.
func sameVariable(a, b ssa.Value) bool {
	x, ok := a.(*ssa.UnOp)
	y, also := b.(*ssa.UnOp)
	if !ok || !also || x.Op != token.MUL || y.Op != token.MUL {
		return false
	}
	_, isVariable := x.X.(*ssa.Alloc)
	return isVariable && x.X == y.X
}

// lends reports whether a result is an object that was made with the lock: callers can't tell when that gives it up.
func (w *walker) lends(ret *ssa.Return, key string) bool {
	lock, known := w.paths[key]
	return known && slices.ContainsFunc(ret.Results, func(v ssa.Value) bool { return w.has(summary.Spilled(v), lock) })
}

// has reports whether v is an object that was made with the lock: a literal of which a field is it, or the result of a call that got it. The object has no other
// use for a lock that is held than to give it up.
func (w *walker) has(v ssa.Value, lock domain.Path) bool {
	given := func(x ssa.Value) bool {
		p, ok := w.locks.Path(x)
		return ok && p == lock
	}
	if _, basic := v.Type().Underlying().(*types.Basic); basic {
		return false // a number that a helper has counted under the lock
	}
	switch v := v.(type) {
	case *ssa.MakeInterface:
		return w.has(v.X, lock)
	case *ssa.Extract:
		return w.has(v.Tuple, lock)
	case *ssa.Call:
		return slices.ContainsFunc(v.Call.Args, given)
	case *ssa.Alloc:
		for _, ref := range *v.Referrers() {
			field, ok := ref.(*ssa.FieldAddr)
			if !ok {
				continue
			}
			for _, ref := range *field.Referrers() {
				if st, ok := ref.(*ssa.Store); ok && st.Addr == ssa.Value(field) && given(st.Val) {
					return true
				}
			}
		}
	}
	return false
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
