package summary

import (
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/models"
)

// foreign returns the method that an interface call reaches if the interface is one of another package which has a single type that implements it, nil
// otherwise. Others may implement it elsewhere; but what that type does with a function that it gets, say, is what the interface is for. Its own memory is not: the
// only one beside the interface is often a stub, unless the two packages are of one module, and it has a constructor: then it is what the services of a program do their work with.
func (u *unit) foreign(c *ssa.CallCommon) *types.Func {
	named, ok := types.Unalias(c.Value.Type()).(*types.Named)
	if !ok || named.TypeParams().Len() > 0 || named.Obj().Pkg() == nil || named.Obj().Pkg() == u.pass.Pkg || Unread(named.Obj().Pkg().Path()) {
		return nil
	}
	if _, known := models.Of(c.Method); known {
		return nil
	}
	recv, ok := u.foreigns[named]
	if !ok {
		recv = onlyImplementation(named)
		u.foreigns[named] = recv
	}
	if recv == nil {
		return nil
	}
	m := methodNamed(recv, c.Method.Pkg(), c.Method.Name())
	if m == nil || m.Pkg() != named.Obj().Pkg() || types.IsInterface(m.Signature().Recv().Type()) {
		return nil // of an embedded type of yet another package
	}
	return m
}

// methodNamed returns the method of that name which values of type t, or their addresses, have, nil if there is none. One that is not exported is looked for in pkg.
func methodNamed(t types.Type, pkg *types.Package, name string) *types.Func {
	obj, _, _ := types.LookupFieldOrMethod(t, true, pkg, name)
	if m, ok := obj.(*types.Func); ok {
		return m.Origin()
	}
	return nil
}

// OfModule reports whether a package or what it declares, by its full name, is of the module of pass. Where the driver does not tell the module, nothing is.
func OfModule(pass *analysis.Pass, name string) bool {
	if pass.Module == nil || pass.Module.Path == "" {
		return false
	}
	rest, ok := strings.CutPrefix(name, pass.Module.Path)
	return ok && (rest == "" || strings.HasPrefix(rest, "/") || strings.HasPrefix(rest, "."))
}

// isOffered reports whether the package of a type has a function for others that returns one.
func isOffered(t types.Type) bool {
	named, ok := types.Unalias(deref(t)).(*types.Named)
	return ok && isReturned(named.Obj().Pkg(), named)
}

// isReturned reports whether a package has a function for others that returns a t, or a pointer to one.
func isReturned(pkg *types.Package, t types.Type) bool {
	scope := pkg.Scope()
	return slices.ContainsFunc(scope.Names(), func(name string) bool {
		fn, ok := scope.Lookup(name).(*types.Func)
		if !ok || !fn.Exported() {
			return false
		}
		for result := range fn.Signature().Results().Variables() {
			if types.Identical(deref(result.Type()), t) {
				return true
			}
		}
		return false
	})
}

// onlyImplementation returns the pointer to the exported type that implements the interface, of those in its own package, nil if there are several or
// none.
func onlyImplementation(iface *types.Named) (only types.Type) {
	it, ok := iface.Underlying().(*types.Interface)
	if !ok || it.NumMethods() == 0 {
		return nil
	}
	scope := iface.Obj().Pkg().Scope()
	for _, name := range scope.Names() {
		tn, ok := scope.Lookup(name).(*types.TypeName)
		if !ok || tn.IsAlias() || !tn.Exported() {
			continue
		}
		t, ok := tn.Type().(*types.Named)
		if !ok || t.TypeParams().Len() > 0 || types.IsInterface(t) || !types.Implements(types.NewPointer(t), it) {
			continue
		}
		if only != nil {
			return nil
		}
		only = types.NewPointer(t)
	}
	return only
}
