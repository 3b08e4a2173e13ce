package summary

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/domain"
)

// Dressed functions: a function type with the one method that an interface wants, which calls it, as http.HandlerFunc does. A variable of the interface holds
// functions then, and a call of the method calls them.

// undressed returns the function that v is made an interface from by a type whose method calls it, under no lock, or else v itself.
func (f *function) undressed(v ssa.Value) ssa.Value {
	inner := dress(v)
	if inner == v {
		return v
	}
	name := v.Type().Underlying().(*types.Interface).Method(0).Name()
	obj, _, _ := types.LookupFieldOrMethod(inner.Type(), true, f.u.pass.Pkg, name)
	m, ok := obj.(*types.Func)
	if !ok {
		return v
	}
	t := target{obj: m.Origin()}
	if m.Pkg() == f.u.pass.Pkg {
		t.fn = f.u.pkg.Prog.FuncValue(m.Origin())
	}
	if sum := f.u.summaryOf(t); sum == nil || !slices.ContainsFunc(sum.Calls, callsReceiver) {
		return v
	}
	return inner
}

func callsReceiver(c domain.FuncCall) bool {
	return c.Path.Root.Kind == domain.Param && c.Path.Root.Index == 0 && len(c.Path.Sel()) == 0 && c.Site == 0 && len(c.Locks) == 0
}

// dress returns the function that v is made an interface of one method from, v itself if it is none.
func dress(v ssa.Value) ssa.Value {
	mi, ok := v.(*ssa.MakeInterface)
	if !ok || !isFunc(mi.X.Type()) || !mayBeDress(mi.Type()) {
		return v
	}
	return mi.X
}

// mayBeDress reports whether t is an interface of one method.
func mayBeDress(t types.Type) bool {
	iface, ok := t.Underlying().(*types.Interface)
	return ok && iface.NumMethods() == 1
}

// isDress reports whether t is an interface of one method that a function type of its package has.
func isDress(t types.Type) bool {
	named, ok := types.Unalias(t).(*types.Named)
	if !ok || named.Obj().Pkg() == nil || !mayBeDress(t) {
		return false
	}
	scope, iface := named.Obj().Pkg().Scope(), t.Underlying().(*types.Interface)
	return slices.ContainsFunc(scope.Names(), func(name string) bool {
		tn, ok := scope.Lookup(name).(*types.TypeName)
		return ok && isFunc(tn.Type()) && types.Implements(tn.Type(), iface)
	})
}
