package summary

import (
	"go/types"
	"strings"

	"github.com/mapguard/mapguard/internal/domain"
	"github.com/mapguard/mapguard/internal/models"
)

// namedLock is what the name of a lock in a comment turned out to mean.
type namedLock struct {
	loc, owner domain.Sym
	path       []domain.Sym // selections that lead to it from the receiver
	missing    bool         // there is nothing of the name
}

// find looks for the lock that a comment about a part of owner names. Only a lock of the same object, or of the package, is one that can be found held.
func (in *intents) find(name string, owner types.Type) namedLock {
	parts := strings.Split(name, ".")
	scope := in.u.pass.Pkg.Scope()
	head := scope.Lookup(parts[0])
	if owner != nil {
		if _, self := in.called(parts[0], owner); self && len(parts) > 1 {
			return in.find(strings.Join(parts[1:], "."), owner)
		}
		if obj, index, _ := types.LookupFieldOrMethod(types.NewPointer(owner), true, in.u.pass.Pkg, parts[0]); obj != nil {
			return in.selected(obj, owner, index, parts)
		}
		if tn, ok := head.(*types.TypeName); ok && len(parts) > 1 {
			obj, _, _ := types.LookupFieldOrMethod(types.NewPointer(tn.Type()), true, in.u.pass.Pkg, parts[1])
			if types.Identical(tn.Type(), owner) && obj != nil {
				return in.find(strings.Join(parts[1:], "."), owner)
			}
			return namedLock{missing: obj == nil}
		}
	}
	switch v, ok := head.(*types.Var); {
	case ok && len(parts) == 1 && nameable(v):
		return in.found(nil, v)
	case head != nil:
		return namedLock{}
	case len(parts) == 1:
		return namedLock{missing: !in.declaresLock(parts[0])}
	}
	others, _ := in.called(parts[0], nil)
	return namedLock{missing: len(others) > 0 && !in.declaresLock(parts[len(parts)-1])}
}

// selected returns the lock that obj, the member of owner at an index path, or its own member, is.
func (in *intents) selected(obj types.Object, owner types.Type, index []int, parts []string) namedLock {
	v, ok := obj.(*types.Var)
	if !ok || len(parts) > 2 {
		return namedLock{}
	}
	if len(parts) == 2 {
		inner, _, _ := types.LookupFieldOrMethod(v.Type(), true, in.u.pass.Pkg, parts[1])
		_, isStruct := deref(v.Type()).Underlying().(*types.Struct)
		return namedLock{missing: inner == nil && isStruct}
	}
	if !nameable(v) {
		return namedLock{}
	}
	var out namedLock
	t := owner
	for _, i := range index {
		out.path = append(out.path, fieldSym(t, i))
		out.owner = typeSym(t)
		t = deref(t).Underlying().(*types.Struct).Field(i).Type()
	}
	out.loc = out.path[len(out.path)-1]
	return out
}

// nameable reports whether v is a lock that goes by its own name, see lockType: an object that can be locked and has maps does not.
func nameable(v *types.Var) bool { return models.IsLock(v.Type()) && !hasMap(deref(v.Type())) }

// found returns a lock that is a field of owner or, if that is nil, a package variable.
func (in *intents) found(owner types.Type, v *types.Var) namedLock {
	if owner == nil {
		return namedLock{loc: domain.Intern(v.Pkg().Path() + "." + v.Name())}
	}
	return namedLock{loc: domain.FieldSym(typeSym(owner).String(), v.Name()), owner: typeSym(owner)}
}
