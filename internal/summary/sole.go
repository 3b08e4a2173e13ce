package summary

import (
	"go/types"

	"github.com/mapguard/mapguard/internal/domain"
	"github.com/mapguard/mapguard/internal/models"
)

// Sole returns the lock beside the map in the field loc, if that is all that the lock can be for: nothing else in the struct is ever set once the object is made,
// or leads to memory that others may change. It is 0 if there is none.
func (r *Result) Sole(loc domain.Sym) domain.Sym { return r.sole[loc] }

// soleLocks finds the structs of the package that have a lock and a map, and else only what stays as it is.
func (u *unit) soleLocks() map[domain.Sym]domain.Sym {
	out := map[domain.Sym]domain.Sym{}
	scope := u.pass.Pkg.Scope()
	for _, name := range scope.Names() {
		tn, ok := scope.Lookup(name).(*types.TypeName)
		if !ok || tn.IsAlias() {
			continue
		}
		if st, ok := tn.Type().Underlying().(*types.Struct); ok {
			if m, lock := u.soleLock(tn.Type(), st); m != 0 {
				out[m] = lock
			}
		}
	}
	return out
}

func (u *unit) soleLock(t types.Type, st *types.Struct) (m, lock domain.Sym) {
	for i := range st.NumFields() {
		field, sym := st.Field(i).Type(), fieldSym(t, i)
		switch {
		case models.IsLock(field) && lock == 0:
			lock = sym
		case IsMap(field) && m == 0:
			m = sym
		case u.settable[sym] || !staysAsMade(field):
			return 0, 0
		}
	}
	if lock == 0 {
		return 0, 0
	}
	return m, lock
}

// staysAsMade reports whether a variable of the type changes only if it is set, or needs no lock since it orders by itself who uses it.
func staysAsMade(t types.Type) bool {
	if models.IsLock(t) {
		return false
	}
	if named, ok := types.Unalias(deref(t)).(*types.Named); ok && named.Obj().Pkg() != nil {
		if path := named.Obj().Pkg().Path(); path == "sync" || path == "sync/atomic" {
			return true
		}
	}
	switch t.Underlying().(type) {
	case *types.Basic, *types.Signature, *types.Interface, *types.Chan:
		return true
	}
	return false
}
