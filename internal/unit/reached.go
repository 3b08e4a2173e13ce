package unit

import (
	"go/types"
	"slices"
	"strings"
)

// reach is the packages by whose types importers can come through what a package exports.
type reach struct {
	std  func(path string) bool // whether a package is of the standard library: it leads to no other, and nothing is known of it
	pkgs map[string]bool
	seen map[types.Type]bool
}

// reached returns the packages whose types importers of the package can come by: a parameter, a result, a variable, an exported field or an embedded one has
// it, or a type that is made of it, here or in another package.
func (p *pkg) reached() map[string]bool {
	r := &reach{p.standard(), map[string]bool{}, map[types.Type]bool{}}
	r.enter(p.types)
	scope := p.types.Scope()
	for _, name := range scope.Names() {
		if obj := scope.Lookup(name); obj.Exported() {
			r.typ(obj.Type())
		}
	}
	return r.pkgs
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
		roots[root(strings.TrimSuffix(name, "."))] = true
	}
	return func(path string) bool {
		return p.cfg.Standard[path] || !strings.Contains(root(path), ".") && !roots[root(path)]
	}
}

// enter notes a package. Whoever has one of its types behind an interface calls the methods which that has from what it embeds.
func (r *reach) enter(pkg *types.Package) {
	if r.pkgs[pkg.Path()] {
		return
	}
	r.pkgs[pkg.Path()] = true
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
	r.typ(t.Underlying())
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

// below returns the names of the parts about the methods of the given packages, but for one's own.
func (set *factSet) below(reached map[string]bool, own string) []string {
	var names []string
	for path := range reached {
		if name := path + "."; path != own && set.parts[name] != nil {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}
