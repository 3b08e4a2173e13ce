package summary

import (
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// wholeLock returns the lock that v is, or that it is the inside of: a struct that is locked, and that has nothing else which a lock could be for, is one lock as a
// whole. So it has the name of the field that it is in. By the name of its own field all of its type, wherever they are, would be one lock, and it could guard
// nothing beside it. Structs that declare the methods themselves are told by lockType.
func (u *unit) wholeLock(v ssa.Value) ssa.Value {
	for {
		field, ok := v.(*ssa.FieldAddr)
		if !ok || !u.isLockAlone(deref(field.X.Type())) {
			return v
		}
		v = field.X
	}
}

func (u *unit) isLockAlone(t types.Type) bool {
	alone, known := u.locksAlone[t]
	if !known {
		alone = IsLockAlone(t)
		u.locksAlone[t] = alone
	}
	return alone
}

// IsLockAlone reports whether t, or what it points to, is a struct with one lock that is its own, and else only plain values: the field that holds it is the lock.
func IsLockAlone(t types.Type) bool {
	st, ok := deref(t).Underlying().(*types.Struct)
	return ok && IsLock(t) && hasOneLock(st)
}

// hasOneLock reports whether one field of a struct is a lock, and the others lead to no memory.
func hasOneLock(st *types.Struct) bool {
	locks := 0
	for field := range st.Fields() {
		if IsLock(field.Type()) {
			locks++
		} else if !leadsNowhere(field.Type()) {
			return false
		}
	}
	return locks == 1
}

// leadsNowhere reports whether a value of type t is all of it: it leads to no memory, and has no lock.
func leadsNowhere(t types.Type) bool {
	switch u := t.Underlying().(type) {
	case *types.Basic:
		return true
	case *types.Array:
		return leadsNowhere(u.Elem())
	case *types.Struct:
		for field := range u.Fields() {
			if IsLock(field.Type()) || !leadsNowhere(field.Type()) {
				return false
			}
		}
		return true
	}
	return false
}
