package unit

import (
	"go/types"
	"maps"
	"slices"
	"strings"
)

// reach is the types by which importers can come through what a package exports.
type reach struct {
	std   func(path string) bool // whether a package is of the standard library: it leads to no other, and nothing is known of it
	pkgs  map[*types.Package]methods
	parts map[string]bool // names of the parts about the types
	seen  map[types.Type]bool
}

// reached returns the parts about the types that importers of the package can come by, sorted: its exported ones, and those that a parameter, a result, a variable,
// an exported field or an embedded one has, or a type that is made of them, here or in another package.
func (p *pkg) reached() []string {
	r := &reach{p.standard(), map[*types.Package]methods{}, map[string]bool{}, map[types.Type]bool{}}
	r.enter(p.types)
	scope := p.types.Scope()
	for _, name := range scope.Names() {
		if obj := scope.Lookup(name); obj.Exported() {
			r.typ(obj.Type())
		}
	}
	return slices.Sorted(maps.Keys(r.parts))
}

// standard tells the packages of the standard library. The go command says it of imports. Others have a path without a dot in its first part, which is that of
// no package that we know of: to go through the standard library would take as long as the rest of a small package.
func (p *pkg) standard() func(path string) bool {
	root := func(path string) string {
		head, _, _ := strings.Cut(path, "/")
		return head
	}
	roots := map[string]bool{root(p.types.Path()): true}
	for path := range p.cfg.PackageVetx {
		roots[root(path)] = roots[root(path)] || !p.cfg.Standard[path]
	}
	for name := range p.facts.parts {
		path, _, _ := strings.Cut(name, ":")
		roots[root(path)] = true
	}
	return func(path string) bool {
		return p.cfg.Standard[path] || !strings.Contains(root(path), ".") && !roots[root(path)]
	}
}

// methods are the exported types of a package by the methods that they declare.
type methods map[string][]*types.Named

// enter notes a package. Whoever has one of its types behind an interface calls the methods which that has from what it embeds.
func (r *reach) enter(pkg *types.Package) {
	if _, ok := r.pkgs[pkg]; ok {
		return
	}
	r.pkgs[pkg] = nil // until an interface asks
	for _, name := range pkg.Scope().Names() {
		obj, ok := pkg.Scope().Lookup(name).(*types.TypeName)
		if !ok || obj.Exported() {
			continue
		}
		if t, ok := obj.Type().Underlying().(*types.Struct); ok {
			r.fields(t, (*types.Var).Embedded)
		}
	}
}

func (r *reach) typ(t types.Type) {
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
	pkg := t.Obj().Pkg()
	if pkg == nil || r.std(pkg.Path()) {
		return
	}
	r.enter(pkg)
	t = t.Origin()
	r.parts[typePart(t.Obj())] = true
	r.typ(t.Underlying())
	if iface, ok := t.Underlying().(*types.Interface); ok {
		r.behind(pkg, iface)
	}
	for m := range t.Methods() {
		if m.Exported() {
			r.signature(m.Signature())
		}
	}
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

// behind follows what may stand behind an interface for those who know no more than it and its package: the types there that are exported and have its methods,
// of which one is looked for here.
func (r *reach) behind(pkg *types.Package, iface *types.Interface) {
	if iface.NumMethods() == 0 {
		return
	}
	if r.pkgs[pkg] == nil {
		r.pkgs[pkg] = declared(pkg)
	}
	for _, t := range r.pkgs[pkg][iface.Method(0).Name()] {
		r.typ(t)
	}
}

// declared indexes the methods of a package: to go over all its types for each interface would be slow, of which generated code has hundreds.
func declared(pkg *types.Package) methods {
	out := methods{}
	for _, name := range pkg.Scope().Names() {
		obj, ok := pkg.Scope().Lookup(name).(*types.TypeName)
		if !ok || !obj.Exported() {
			continue
		}
		if t, ok := obj.Type().(*types.Named); ok && !types.IsInterface(t) {
			for m := range t.Methods() {
				out[m.Name()] = append(out[m.Name()], t)
			}
		}
	}
	return out
}
