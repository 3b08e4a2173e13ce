package unit

import (
	"go/types"
	"slices"
)

// reach is the packages by whose types importers can come through what a package exports.
type reach struct {
	own  *types.Package
	pkgs map[string]bool
	seen map[types.Type]bool
}

// reached returns the other packages whose types importers of the package can come by: a parameter, a result, a variable, an exported field or an embedded one
// has it, or a type that is made of it. A type of another package is not looked into: how that goes on is said by its own facts.
func (p *pkg) reached() map[string]bool {
	r := &reach{p.types, map[string]bool{}, map[types.Type]bool{}}
	scope := p.types.Scope()
	for _, name := range scope.Names() {
		obj := scope.Lookup(name)
		if t, ok := obj.Type().Underlying().(*types.Struct); ok && !obj.Exported() {
			r.fields(t, (*types.Var).Embedded) // whoever has it behind an interface calls the methods that it has from these
		}
		if obj.Exported() {
			r.typ(obj.Type())
		}
	}
	return r.pkgs
}

func (r *reach) typ(t types.Type) {
	if a, ok := t.(*types.Alias); ok && r.foreign(a.Obj()) {
		return // its package hands on what it stands for
	}
	t = types.Unalias(t)
	if r.seen[t] {
		return
	}
	r.seen[t] = true
	switch t := t.(type) {
	case *types.Named:
		r.named(t)
	case *types.Signature:
		r.signature(t)
	case *types.Struct:
		r.fields(t, func(f *types.Var) bool { return f.Exported() || f.Embedded() })
	case *types.Interface:
		for m := range t.ExplicitMethods() {
			r.typ(m.Type())
		}
		for e := range t.EmbeddedTypes() {
			r.typ(e)
		}
	case *types.Map:
		r.typ(t.Key())
		r.typ(t.Elem())
	case *types.Union:
		for term := range t.Terms() {
			r.typ(term.Type())
		}
	case *types.TypeParam:
		r.typ(t.Constraint())
	case interface{ Elem() types.Type }: // pointers, slices, arrays, channels
		r.typ(t.Elem())
	}
}

func (r *reach) named(t *types.Named) {
	for arg := range t.TypeArgs().Types() {
		r.typ(arg)
	}
	if r.foreign(t.Obj()) || t.Obj().Pkg() == nil {
		return
	}
	t = t.Origin()
	r.typ(t.Underlying())
	for m := range t.Methods() {
		if m.Exported() {
			r.signature(m.Signature())
		}
	}
}

// foreign notes the package of a type, and reports whether it is another one.
func (r *reach) foreign(name *types.TypeName) bool {
	pkg := name.Pkg()
	if pkg == nil || pkg == r.own {
		return false
	}
	r.pkgs[pkg.Path()] = true
	return true
}

func (r *reach) signature(sig *types.Signature) {
	for param := range sig.TypeParams().TypeParams() {
		r.typ(param)
	}
	for _, vars := range []*types.Tuple{sig.Params(), sig.Results()} {
		for v := range vars.Variables() {
			r.typ(v.Type())
		}
	}
}

func (r *reach) fields(t *types.Struct, wanted func(*types.Var) bool) {
	for f := range t.Fields() {
		if wanted(f) {
			r.typ(f.Type())
		}
	}
}

// below returns the names of the parts about the methods of the given packages, and of what came with them. What came with one that is not imported itself, as when
// a variable has its type from what a function of an import returned, is not known: it is among what came with all imports.
func (set *factSet) below(reached map[string]bool) []string {
	var names []string
	for path := range reached {
		if set.imports[path] {
			names = append(names, set.through[path]...)
			continue
		}
		for _, more := range set.through {
			names = append(names, more...)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}
