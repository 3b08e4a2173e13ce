package summary

import (
	"go/types"

	"github.com/mapguard/mapguard/internal/domain"
)

// Home names p from the object that is at home in it: where a part knows its owner, what it reaches through the owner is the owner's (node.tree.nodes is
// tree.nodes). It reports whether all parts reach the same.
func (r *Result) Home(p domain.Path) (domain.Path, bool) {
	if r.u == nil {
		return p, false
	}
	backs := r.u.backPointers()
	sel := p.Sel()
	for i := len(sel) - 2; i >= 0; i-- {
		owner, ok := backs[sel[i]]
		if !ok {
			continue
		}
		home := domain.Of(domain.Root{Kind: p.Root.Kind, Index: p.Root.Index, Name: p.Root.Name, Type: owner})
		for _, s := range sel[i+1:] {
			home = home.Append(s)
		}
		return home, sel[i].Back()
	}
	return p, false
}

// backPointers returns the fields that point to an object which has the one that they are in, with its type: to the one which has a map or slice of all objects of their kind, which it
// marks for domain.Path.Under, or to one which has one of them, as a connection and its reader know each other.
func (u *unit) backPointers() map[domain.Sym]domain.Sym {
	if u.backs != nil {
		return u.backs
	}
	u.backs = map[domain.Sym]domain.Sym{}
	scope := u.pass.Pkg.Scope()
	for _, name := range scope.Names() {
		part, ok := scope.Lookup(name).(*types.TypeName)
		if !ok {
			continue
		}
		st, ok := part.Type().Underlying().(*types.Struct)
		if !ok {
			continue
		}
		for i := range st.NumFields() {
			ptr, ok := st.Field(i).Type().Underlying().(*types.Pointer)
			if !ok {
				continue
			}
			owner, ok := types.Unalias(ptr.Elem()).(*types.Named)
			if !ok || owner.Obj() == part || owner.Obj().Pkg() != u.pass.Pkg {
				continue
			}
			switch field := fieldSym(part.Type(), i); {
			case collects(owner, part, 2):
				u.backs[field] = typeSym(owner)
				field.SetBack()
			case hasOne(owner, part):
				u.backs[field] = typeSym(owner)
			}
		}
	}
	return u.backs
}

// collects reports whether a map, slice or channel of an object of type t, or of a struct in it, holds parts.
func collects(t types.Type, part *types.TypeName, depth int) bool {
	st, ok := deref(t).Underlying().(*types.Struct)
	if !ok || depth == 0 {
		return false
	}
	for field := range st.Fields() {
		var elem types.Type
		switch c := field.Type().Underlying().(type) {
		case *types.Map:
			elem = c.Elem()
			if is(c.Key(), part) {
				return true
			}
		case *types.Slice:
			elem = c.Elem()
		case *types.Struct:
			if collects(c, part, depth-1) {
				return true
			}
			continue
		default:
			continue
		}
		if is(elem, part) {
			return true
		}
	}
	return false
}

// hasOne reports whether an object of type t has a field for a part.
func hasOne(t types.Type, part *types.TypeName) bool {
	st, ok := t.Underlying().(*types.Struct)
	if !ok {
		return false
	}
	for field := range st.Fields() {
		if is(field.Type(), part) {
			return true
		}
	}
	return false
}

// is reports whether t is the named type, or a pointer to it.
func is(t types.Type, name *types.TypeName) bool {
	named, ok := types.Unalias(deref(t)).(*types.Named)
	return ok && named.Obj() == name
}
