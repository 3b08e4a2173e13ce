package summary

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/domain"
)

// Promotion: whoever has an object has the exported methods of what is embedded in it, if it declares none of that name itself. Such a method works on a part, and
// is called on the whole.

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

// promotedAs returns what the receiver of fn is in objects that promote fn.
func (u *unit) promotedAs(fn *ssa.Function) []domain.Path {
	if obj := origin(fn); obj != nil && fn.Signature.Recv() != nil {
		return u.promotions().paths[obj]
	}
	return nil
}
