package summary

import (
	"go/types"

	"github.com/mapguard/mapguard/internal/domain"
)

// Home names p from the object that is at home in it: where a part knows its owner, what it reaches through the owner is the owner's (node.tree.nodes is
// tree.nodes), and all parts reach the same. It returns false if p goes through no such pointer.
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
		return home, true
	}
	return p, false
}

// backPointers returns the fields that point to the one object which has a map or slice of all objects of their kind, with its type, and marks them for
// domain.Path.Under.
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
			if ok && owner.Obj() != part && owner.Obj().Pkg() == u.pass.Pkg && collects(owner, part, 2) {
				field := fieldSym(part.Type(), i)
				u.backs[field] = typeSym(owner)
				field.SetBack()
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

// is reports whether t is the named type, or a pointer to it.
func is(t types.Type, name *types.TypeName) bool {
	named, ok := types.Unalias(deref(t)).(*types.Named)
	return ok && named.Obj() == name
}
