package summary

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/domain"
)

// lentTo returns the lock under which another package calls the method fn: the receiver's, which it has from an embedded type of that package, where the package has an interface with
// Lock and fn that the receiver implements (termui's Drawable, whose Draw is called so). It is 0 if there is none.
func (u *unit) lentTo(fn *ssa.Function) domain.Sym {
	t := fn.Signature.Recv().Type()
	lock, index, _ := types.LookupFieldOrMethod(t, true, u.pass.Pkg, "Lock")
	if lock == nil || len(index) == 0 {
		return 0
	}
	for _, i := range index[:len(index)-1] {
		st, ok := deref(t).Underlying().(*types.Struct)
		if !ok {
			return 0
		}
		from := st.Field(i).Type()
		if named, ok := types.Unalias(deref(from)).(*types.Named); ok && named.Obj().Pkg() != u.pass.Pkg {
			if pkg := named.Obj().Pkg(); pkg != nil && callsLocked(pkg, fn) {
				return fieldSym(t, i)
			}
			return 0
		}
		t = from
	}
	return 0
}

// callsLocked reports whether pkg has an interface with a Lock method and that of fn, which fn's receiver implements.
func callsLocked(pkg *types.Package, fn *ssa.Function) bool {
	scope := pkg.Scope()
	return slices.ContainsFunc(scope.Names(), func(name string) bool {
		i, ok := scope.Lookup(name).Type().Underlying().(*types.Interface)
		if !ok || !types.Implements(types.NewPointer(deref(fn.Signature.Recv().Type())), i) {
			return false
		}
		lock, _, _ := types.LookupFieldOrMethod(i, false, pkg, "Lock")
		method, _, _ := types.LookupFieldOrMethod(i, false, pkg, fn.Name())
		return lock != nil && method != nil
	})
}
