package summary

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/domain"
	"github.com/mapguard/mapguard/internal/models"
)

// Services: objects whose methods, and functions which, a server calls for each request. Often another package registers them, the one where the program is put
// together, so that here only their type or shape tells.

// service is how the methods of a type that was handed over are called.
type service struct {
	effect models.Effect
	iface  *types.Interface // only these methods; nil for all that are exported
}

func (s service) has(fn *types.Func) bool {
	if s.iface == nil {
		return fn.Exported()
	}
	for m := range s.iface.Methods() {
		if m.Name() == fn.Name() {
			return true
		}
	}
	return false
}

// noteService records types whose methods a registration function has called by others.
func (u *unit) noteService(c *ssa.CallCommon) {
	obj, args := calledByName(c), c.Args
	if c.IsInvoke() {
		args = append([]ssa.Value{c.Value}, args...)
	}
	if obj == nil {
		return
	}
	e, ok := models.Service(obj)
	if !ok || e.Arg >= len(args) {
		return
	}
	s := service{effect: e}
	if iface, ok := args[e.Arg].Type().Underlying().(*types.Interface); ok && iface.NumMethods() > 0 {
		s.iface = iface
	}
	if t := typeSym(unwrap(args[e.Arg]).Type()); t != 0 {
		u.services[t] = append(u.services[t], s)
	}
}

// findServices finds the types of this package that generated code has an interface for, with a function that registers whatever implements it.
func (u *unit) findServices() {
	var wanted []service
	for _, pkg := range u.pass.Pkg.Imports() {
		wanted = append(wanted, servicesOf(pkg)...)
	}
	if len(wanted) == 0 {
		return
	}
	scope := u.pass.Pkg.Scope()
	for _, name := range scope.Names() {
		obj, ok := scope.Lookup(name).(*types.TypeName)
		if !ok || obj.IsAlias() || types.IsInterface(obj.Type()) || u.isTestFile(obj.Pos()) {
			continue
		}
		for _, s := range wanted {
			if s.offeredBy(obj.Type()) {
				t := typeSym(obj.Type())
				u.services[t] = append(u.services[t], s)
			}
		}
	}
}

// servicesOf returns the services that functions of pkg register.
func servicesOf(pkg *types.Package) (out []service) {
	scope := pkg.Scope()
	for _, name := range scope.Names() {
		if !models.NamesService(name) {
			continue // to look it up would load it
		}
		fn, ok := scope.Lookup(name).(*types.Func)
		if !ok {
			continue
		}
		e, ok := models.Service(fn)
		if !ok || e.Arg >= fn.Signature().Params().Len() {
			continue
		}
		t := fn.Signature().Params().At(e.Arg).Type()
		if iface, ok := t.Underlying().(*types.Interface); ok && iface.NumMethods() > 0 {
			out = append(out, service{effect: e, iface: iface})
		}
	}
	return out
}

// offeredBy reports whether objects of type t, or pointers to them, can be registered.
func (s service) offeredBy(t types.Type) bool {
	named, ok := types.Unalias(t).(*types.Named)
	return ok && named.TypeParams().Len() == 0 && types.Implements(types.NewPointer(named), s.iface)
}

// takesRequests reports whether an exported function is one that other packages register, as its shape tells: routes are often listed in a package of their own.
// One that is called here is judged by its callers: it may be a part of what they do for their request.
func (u *unit) takesRequests(fn *types.Func) bool {
	e, ok := u.scope.Func(withoutRecv(fn.Signature()))
	return ok && e.Times == models.Many && e.Spawn == domain.Handler && fn.Exported()
}

// knownThere reports whether the package of fn, another one, can tell that fn is called for requests.
func (u *unit) knownThere(fn *types.Func) bool {
	if u.takesRequests(fn) {
		return true
	}
	recv := fn.Signature().Recv()
	if recv == nil || fn.Pkg() == nil {
		return false
	}
	for _, pkg := range fn.Pkg().Imports() {
		for _, s := range servicesOf(pkg) {
			if s.has(fn) && s.offeredBy(deref(recv.Type())) {
				return true
			}
		}
	}
	return false
}

// Answers reports whether sp is a handler of another package, which is judged there, since that knows it for one.
func (r *Result) Answers(sp *domain.Spawn) bool { return sp != nil && r.u.answering[sp.Func] }
