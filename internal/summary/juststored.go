package summary

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/domain"
)

// justStored returns the pointer that the load v finds in a field, where the block before it has put it there: c.conn = dial(); go c.conn.run() starts a goroutine
// on the new object, not on whatever the field holds, which in the next turn of a loop is another. It is nil if that is not known. It is asked of pointers alone: a
// map that is put into a field and used is counted as the field's.
func (f *function) justStored(v *ssa.UnOp) ssa.Value {
	addr, ok := v.X.(*ssa.FieldAddr)
	if _, isPointer := v.Type().Underlying().(*types.Pointer); !ok || !isPointer || v.Op != token.MUL {
		return nil
	}
	before := v.Block().Instrs
	for _, instr := range slices.Backward(before[:slices.Index(before, ssa.Instruction(v))]) {
		st, ok := instr.(*ssa.Store)
		if !ok {
			continue
		}
		field, ok := st.Addr.(*ssa.FieldAddr)
		if !ok || field.Field != addr.Field || !types.Identical(field.X.Type(), addr.X.Type()) {
			continue
		}
		if !samePaths(f.paths(field.X), f.paths(addr.X)) {
			return nil
		}
		return st.Val
	}
	return nil
}

// madeAnew returns the names of the object that the load v finds in a field, if it was made and put there just before; nil otherwise.
func (f *function) madeAnew(v *ssa.UnOp) []domain.Path {
	val := f.justStored(v)
	if val == nil {
		return nil
	}
	out := f.paths(val)
	if slices.ContainsFunc(out, func(p domain.Path) bool { return p.Root.Kind != domain.Local || len(p.Sel()) > 0 }) {
		return nil
	}
	return out
}
