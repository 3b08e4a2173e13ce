package summary

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/domain"
	"github.com/mapguard/mapguard/internal/models"
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
	m := methodNamed(inner.Type(), f.u.pass.Pkg, name)
	if m == nil {
		return v
	}
	if !f.u.callsItself(m) {
		return v
	}
	return inner
}

// callsItself reports whether the method of a function type calls its receiver, under no lock.
func (u *unit) callsItself(m *types.Func) bool {
	t := target{obj: m.Origin()}
	if m.Pkg() == u.pass.Pkg {
		t.fn = u.pkg.Prog.FuncValue(m.Origin())
	}
	sum := u.summaryOf(t)
	return sum != nil && slices.ContainsFunc(sum.Calls, callsReceiver)
}

// findWorn finds the functions that are made values of a function type with a method that others call, such as ServeHTTP, and that calls them: they are called so,
// whatever router gets the value.
func (u *unit) findWorn(funcs []*ssa.Function) map[*ssa.Function]models.Effect {
	out := map[*ssa.Function]models.Effect{}
	for _, fn := range funcs {
		if u.inTest(fn) {
			continue
		}
		eachInstr(fn, func(instr ssa.Instruction) {
			made, ok := instr.(*ssa.ChangeType)
			if !ok {
				return
			}
			inner, ok := made.X.(*ssa.Function)
			named, isNamed := types.Unalias(made.Type()).(*types.Named)
			if !ok || !isNamed {
				return
			}
			for m := range named.Methods() {
				if e, ok := u.scope.Method(m); ok && u.callsItself(m) {
					out[inner] = e
				}
			}
		})
	}
	return out
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
