package summary

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/domain"
)

// A map in a context is one for all who have the context, or one that was made of it: the key says which. Of other objects that functions get from a context little is
// known: most are the request's or the connection's own, or have locks.

const inContexts = "context.Context"

// asserted returns the paths of what v takes an interface for.
func (f *function) asserted(v *ssa.TypeAssert) []domain.Path {
	if call, ok := v.X.(*ssa.Call); ok && isMap(v.AssertedType) && call.Call.IsInvoke() && call.Call.Method.FullName() == "("+inContexts+").Value" {
		if key := contextKey(unwrap(call.Call.Args[0])); key != "" {
			return extend(f.paths(call.Call.Value), domain.FieldSym(inContexts, key))
		}
	}
	return f.paths(v.X)
}

// contextKey names a key: a constant, a package variable, or the value of a type that has but one. It is empty for others.
func contextKey(v ssa.Value) string {
	named, ok := types.Unalias(v.Type()).(*types.Named)
	if load, of := v.(*ssa.UnOp); of && load.Op == token.MUL {
		if g, global := load.X.(*ssa.Global); global {
			return g.Name()
		}
	}
	if c, of := v.(*ssa.Const); of && c.Value != nil {
		return c.Value.ExactString()
	}
	if st, empty := v.Type().Underlying().(*types.Struct); ok && empty && st.NumFields() == 0 {
		return named.Obj().Name()
	}
	return ""
}
