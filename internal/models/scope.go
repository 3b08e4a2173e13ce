package models

import (
	"go/types"
	"maps"
	"slices"

	"github.com/mapguard/mapguard/internal/domain"
)

// Scope is what a package can see of the types whose functions or methods are called concurrently.
type Scope struct {
	funcs   []calledFunc
	methods map[string][]calledMethod
}

type calledFunc struct {
	sig    *types.Signature
	effect Effect
}

type calledMethod struct {
	iface  *types.Interface
	effect Effect
}

// NewScope looks the rows of types and interfaces up in what pkg imports, directly or not. Types whose signature names nothing of their own package are
// met by accident: a function of such a shape must be converted to the type, and a type with such methods counts where the package is imported.
func NewScope(pkg *types.Package) *Scope {
	s := &Scope{methods: map[string][]calledMethod{}}
	near := append(pkg.Imports(), pkg)
	table := current()
	pkgs := table.packages(pkg)
	for _, path := range slices.Sorted(maps.Keys(pkgs)) {
		for _, row := range table.about(path).rows {
			if p := pkgs[path]; row.effects[0].Kind == Called {
				s.add(p, row, slices.Contains(near, p))
			}
		}
	}
	return s
}

func (s *Scope) add(pkg *types.Package, row *Row, near bool) {
	name := row.typ
	if name == "" {
		name = row.name
	}
	obj, ok := pkg.Scope().Lookup(name).(*types.TypeName)
	if !ok {
		return
	}
	switch t := obj.Type().Underlying().(type) {
	case *types.Signature:
		if mentions(t, pkg) {
			s.funcs = append(s.funcs, calledFunc{t, row.effects[0]})
		}
	case *types.Interface:
		if !near && !mentions(t, pkg) {
			return
		}
		for m := range t.Methods() {
			if row.typ == "" || m.Name() == row.name {
				s.methods[m.Name()] = append(s.methods[m.Name()], calledMethod{t, row.effects[0]})
			}
		}
	}
}

// mentions reports whether t, a signature or interface, names a type of pkg.
func mentions(t types.Type, pkg *types.Package) bool {
	found := false
	types.TypeString(t, func(p *types.Package) string {
		found = found || p == pkg
		return ""
	})
	return found
}

// Func returns the effect of handing a function of this signature to anybody: it is called for each request, say, wherever it is registered,
// through any router, or wrapped by middleware.
func (s *Scope) Func(sig *types.Signature) (Effect, bool) {
	for i := range s.funcs {
		if types.Identical(s.funcs[i].sig, sig) {
			return s.funcs[i].effect, true
		}
	}
	return Effect{}, false
}

// Method returns how users of an interface that fn's type implements call it. Of several interfaces, the one that calls most.
func (s *Scope) Method(fn *types.Func) (out Effect, found bool) {
	recv := fn.Signature().Recv()
	if recv == nil || types.IsInterface(recv.Type()) {
		return Effect{}, false
	}
	for _, m := range s.methods[fn.Name()] {
		if implements(recv.Type(), m.iface) && (!found || m.effect.Times > out.Times) {
			out, found = m.effect, true
		}
	}
	return out, found
}

// Extended returns how a method is called that has the name of the one method of an interface that runs for each request, and gets what that gets, and more, or returns something:
// ServeHTTP of routers that have a handler of their own (Caddy, Negroni).
func (s *Scope) Extended(fn *types.Func) (out Effect, found bool) {
	if recv := fn.Signature().Recv(); recv == nil || types.IsInterface(recv.Type()) {
		return Effect{}, false
	}
	for _, m := range s.methods[fn.Name()] {
		if m.serves() && m.iface.NumMethods() == 1 && m.extendedBy(fn) {
			return m.effect, true
		}
	}
	return Effect{}, false
}

func (m *calledMethod) serves() bool {
	return m.effect.Times == Many && m.effect.Spawn == domain.Handler
}

// extendedBy reports whether fn gets first of all what the method of its name gets.
func (m *calledMethod) extendedBy(fn *types.Func) bool {
	obj, _, _ := types.LookupFieldOrMethod(m.iface, false, fn.Pkg(), fn.Name())
	method, ok := obj.(*types.Func)
	if !ok {
		return false
	}
	want, got := method.Signature().Params(), fn.Signature().Params()
	if want.Len() == 0 || want.Len() > got.Len() {
		return false
	}
	for i := range want.Len() {
		if !types.Identical(want.At(i).Type(), got.At(i).Type()) {
			return false
		}
	}
	return true
}

// Requests reports whether a call of fn makes a request: it is a method, of an interface or a type of another package, that servers call for each.
func (s *Scope) Requests(fn *types.Func) bool {
	recv := fn.Signature().Recv()
	if recv == nil {
		return false
	}
	return slices.ContainsFunc(s.methods[fn.Name()], func(m calledMethod) bool {
		return m.serves() && implements(recv.Type(), m.iface)
	})
}

func implements(t types.Type, iface *types.Interface) bool {
	if _, ptr := types.Unalias(t).(*types.Pointer); !ptr && !types.IsInterface(t) {
		t = types.NewPointer(t)
	}
	return types.Implements(t, iface)
}

// Converted returns the effect of converting a function to the named type t.
func Converted(t types.Type) (Effect, bool) {
	named, ok := types.Unalias(t).(*types.Named)
	if !ok || named.Obj().Pkg() == nil {
		return Effect{}, false
	}
	for _, row := range current().about(named.Obj().Pkg().Path()).byName[named.Obj().Name()] {
		if row.typ == "" && row.effects[0].Kind == Called {
			return row.effects[0], true
		}
	}
	return Effect{}, false
}
