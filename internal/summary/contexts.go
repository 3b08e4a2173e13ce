package summary

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/domain"
)

// A map in a context is one for all who have the context, or one that was made of it: the key says which. Of other objects that functions get from a context little is
// known: most are the request's or the connection's own, or have locks.

// asserted returns the paths of what v takes an interface for.
func (f *function) asserted(v *ssa.TypeAssert) []domain.Path {
	if call, ok := v.X.(*ssa.Call); ok && IsMap(v.AssertedType) && call.Call.IsInvoke() && call.Call.Method.FullName() == "(context.Context).Value" {
		if key := contextKey(unwrap(call.Call.Args[0])); key != 0 {
			return extend(f.paths(call.Call.Value), key)
		}
	}
	return f.paths(v.X)
}

// contextKey names what a context has by a key, as a field that contexts have in the package of the key: that is a constant, a package variable, or the value of a type that has but one. It is
// 0 for others.
func contextKey(v ssa.Value) domain.Sym {
	if load, ok := v.(*ssa.UnOp); ok && load.Op == token.MUL {
		if g, ok := load.X.(*ssa.Global); ok {
			return inContexts(g.Pkg.Pkg, g.Name())
		}
	}
	named, ok := types.Unalias(v.Type()).(*types.Named)
	if !ok {
		return 0 // of a plain type, which packages are told not to use, since others may use the same
	}
	name := named.Obj().Name()
	if c, ok := v.(*ssa.Const); ok && c.Value != nil {
		return inContexts(named.Obj().Pkg(), name+"("+c.Value.ExactString()+")")
	}
	if st, ok := named.Underlying().(*types.Struct); ok && st.NumFields() == 0 {
		return inContexts(named.Obj().Pkg(), name)
	}
	return 0
}

func inContexts(pkg *types.Package, key string) domain.Sym {
	return domain.FieldSym(pkg.Path()+".Context", key)
}
