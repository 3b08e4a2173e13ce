package summary

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/domain"
)

// Wholes: a method works on an object that is a part of others, and is called by whoever has one of those. Promotion: who has an object has the exported methods of
// what is embedded in it, if it declares none of that name itself. Getters: an exported method returns the part, or an exported function what is in a variable of the package.

// promotion is what the types of a package promote of each other.
type promotion struct {
	paths    map[*types.Func][]domain.Path
	exported map[*types.Func]bool // by an exported type
}

// promotions finds the methods that types of the package promote, tests aside.
func (u *unit) promotions() *promotion {
	if u.promoted != nil {
		return u.promoted
	}
	p := &promotion{paths: map[*types.Func][]domain.Path{}, exported: map[*types.Func]bool{}}
	u.promoted = p
	scope := u.pass.Pkg.Scope()
	for _, name := range scope.Names() {
		obj, ok := scope.Lookup(name).(*types.TypeName)
		if !ok || obj.IsAlias() || !embedsOwn(obj) || u.isTestFile(obj.Pos()) {
			continue
		}
		methods := types.NewMethodSet(types.NewPointer(obj.Type()))
		for sel := range methods.Methods() {
			m, ok := sel.Obj().(*types.Func)
			if ok && len(sel.Index()) > 1 && m.Exported() && m.Pkg() == u.pass.Pkg {
				m = m.Origin()
				p.paths[m] = append(p.paths[m], embedded(obj.Type(), sel.Index()))
				p.exported[m] = p.exported[m] || token.IsExported(name)
			}
		}
	}
	return p
}

// embedsOwn reports whether a type embeds one of its package, other than an interface.
func embedsOwn(obj *types.TypeName) bool {
	st, ok := obj.Type().Underlying().(*types.Struct)
	if !ok {
		return false
	}
	for f := range st.Fields() {
		if own, ok := types.Unalias(deref(f.Type())).(*types.Named); ok && f.Embedded() && own.Obj().Pkg() == obj.Pkg() && !types.IsInterface(own) {
			return true
		}
	}
	return false
}

// embedded is the path to what is embedded in an object of type t, for a method that index, of a selection, leads to.
func embedded(t types.Type, index []int) domain.Path {
	p := domain.Of(domain.Root{Kind: domain.Param, Type: typeSym(t)})
	for _, i := range index[:len(index)-1] {
		p = p.Append(fieldSym(t, i))
		t = deref(t).Underlying().(*types.Struct).Field(i).Type()
	}
	return p
}

// wholes tells methods what their receivers are in the objects that they are called on.
func (u *unit) wholes(funcs []*Func) {
	got, kept := gotten(funcs), offered(funcs)
	for _, f := range funcs {
		if obj := origin(f.SSA); obj != nil && f.Method && !f.InTest {
			recv := typeSym(f.SSA.Signature.Recv().Type())
			f.Wholes = append(slices.Clone(u.promotions().paths[obj]), got[recv]...)
			if obj.Exported() {
				f.Wholes = append(f.Wholes, kept[recv]...)
			}
		}
	}
}

// offered returns the package variables whose objects exported functions return, by the types of these. One that is exported itself is mostly there to be set, such as
// what flags say.
func offered(funcs []*Func) map[domain.Sym][]domain.Path {
	out := map[domain.Sym][]domain.Path{}
	for _, f := range funcs {
		if f.Entry != Exported || f.Summary == nil || f.InTest {
			continue
		}
		for i, res := range f.Summary.Results {
			for _, p := range res.Paths {
				if p.Root.Kind != domain.Global || len(p.Sel()) > 0 {
					continue
				}
				if parts, listed := returnedTypes(f.SSA, i); !listed && len(parts) == 1 && parts[0] != 0 {
					out[parts[0]] = addPath(out[parts[0]], p)
				}
			}
		}
	}
	return out
}

// gotten returns the parts that exported methods return of their receivers, or put there for callers who have them, by their types.
func gotten(funcs []*Func) map[domain.Sym][]domain.Path {
	out := map[domain.Sym][]domain.Path{}
	for _, f := range funcs {
		if !f.Method || f.Entry != Exported || f.Summary == nil {
			continue
		}
		for _, put := range f.Summary.Puts {
			if part := typeSym(f.SSA.Params[put.Param].Type()); part != 0 && put.At.Root.Kind == domain.Param && put.At.Root.Index == 0 {
				out[part] = addPath(out[part], put.At.SomeElement())
			}
		}
		for i, res := range f.Summary.Results {
			parts, listed := returnedTypes(f.SSA, i)
			for _, p := range res.Paths {
				sel := p.Sel()
				if p.Root.Kind != domain.Param || p.Root.Index != 0 || len(sel) == 0 || !sel[len(sel)-1].IsField() {
					continue
				}
				switch {
				case listed:
					p = p.Append(domain.Elem)
				case len(sel) > 1:
					continue
				}
				for _, part := range parts {
					if part != 0 {
						out[part] = addPath(out[part], p)
					}
				}
			}
		}
	}
	return out
}

// returnedTypes names the types of the objects that fn returns as its result i, 0 for one that has no name: behind an interface, those that are put into it there. They may be listed in a
// map or slice.
func returnedTypes(fn *ssa.Function, i int) (parts []domain.Sym, listed bool) {
	result := fn.Signature.Results().At(i).Type()
	switch t := result.Underlying().(type) {
	case *types.Map:
		return []domain.Sym{typeSym(t.Elem())}, true
	case *types.Slice:
		return []domain.Sym{typeSym(t.Elem())}, true
	case *types.Interface:
		for _, b := range fn.Blocks {
			if ret, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return); ok {
				if mi, ok := ret.Results[i].(*ssa.MakeInterface); ok {
					parts = append(parts, typeSym(mi.X.Type()))
				}
			}
		}
		return parts, false
	}
	return []domain.Sym{typeSym(result)}, false
}
