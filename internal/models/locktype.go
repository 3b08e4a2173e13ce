package models

import "go/types"

// IsLock reports whether values of type t are locked.
func IsLock(t types.Type) bool {
	if !types.IsInterface(t) {
		if _, ptr := t.(*types.Pointer); !ptr {
			t = types.NewPointer(t)
		}
	}
	for _, name := range []string{"Lock", "Unlock"} {
		obj, _, _ := types.LookupFieldOrMethod(t, false, nil, name) // a method set would sort all methods of each type that comments could speak of
		if fn, ok := obj.(*types.Func); !ok || fn.Signature().Params().Len() > 0 {
			return false
		}
	}
	return true
}

// IsLockAlone reports whether t, or what it points to, is a struct with one lock that is its own, and else only plain values: the field that holds it is the lock.
func IsLockAlone(t types.Type) bool {
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = p.Elem()
	}
	st, ok := t.Underlying().(*types.Struct)
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
