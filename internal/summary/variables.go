package summary

import (
	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/domain"
)

// variable names a variable of the package without its instance: a field, a package variable, or a local one wherever it is captured. It is what a
// scan of the whole package, before any function is analysed, can tell about.
type variable struct {
	field domain.Sym
	value ssa.Value
}

// variableOf returns the variable that v is a load of, or the value itself if it was never put into one.
func (u *unit) variableOf(v ssa.Value) (variable, bool) {
	for {
		switch x := v.(type) {
		case *ssa.ChangeType:
			v = x.X
		case *ssa.UnOp:
			return u.variableAt(x.X)
		case *ssa.MakeChan, *ssa.Parameter:
			return u.canon(variable{value: x}), true
		case *ssa.Call:
			return u.canon(variable{value: x}), isNewCond(x)
		default:
			return variable{}, false
		}
	}
}

// variableAt returns the variable at an address.
func (u *unit) variableAt(addr ssa.Value) (variable, bool) {
	switch x := u.outermost(addr).(type) {
	case *ssa.FieldAddr:
		return u.canon(variable{field: fieldSym(x.X.Type(), x.Field)}), true
	case *ssa.Alloc:
		if p := onlyParameter(x); p != nil {
			return u.canon(variable{value: p}), true
		}
		return u.canon(variable{value: x}), true
	case *ssa.Global:
		return u.canon(variable{value: x}), true
	}
	return variable{}, false
}

// onlyParameter returns the parameter that is kept in x, which is a variable only because a closure has captured it.
func onlyParameter(x *ssa.Alloc) *ssa.Parameter {
	for _, ref := range *x.Referrers() {
		if st, ok := ref.(*ssa.Store); ok && st.Addr == ssa.Value(x) {
			p, _ := st.Val.(*ssa.Parameter)
			return p
		}
	}
	return nil
}
