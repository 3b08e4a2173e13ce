package summary

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/domain"
)

// maxConcrete bounds the calls and copies that a value behind an interface is followed through.
const maxConcrete = 6

// concrete returns the types of what v, an interface, may hold, as the function around it, those that have captured it and the callees of this package tell; known is
// false if anything else may be there. A decorator has the method that what it wraps has, and only one of the two is called.
func (u *unit) concrete(v ssa.Value) (out []types.Type, known bool) {
	return u.concreteIn(nil, v, maxConcrete)
}

func (u *unit) concreteIn(out []types.Type, v ssa.Value, depth int) ([]types.Type, bool) {
	if depth == 0 {
		return nil, false
	}
	switch v := v.(type) {
	case *ssa.MakeInterface:
		return append(out, v.X.Type()), true
	case *ssa.ChangeInterface:
		return u.concreteIn(out, v.X, depth-1)
	case *ssa.Const:
		return out, v.IsNil()
	case *ssa.Phi:
		return u.concreteOf(out, v.Edges, depth-1)
	case *ssa.Call:
		return u.concreteResult(out, v, 0, depth-1)
	case *ssa.Extract:
		if call, ok := v.Tuple.(*ssa.Call); ok {
			return u.concreteResult(out, call, v.Index, depth-1)
		}
	case *ssa.UnOp:
		if cell, ok := u.outermost(v.X).(*ssa.Alloc); ok && v.Op == token.MUL {
			if set := onlyStored(cell); set != nil && onlyRead(cell) {
				return u.concreteIn(out, set, depth-1)
			}
		}
	}
	return nil, false
}

func (u *unit) concreteOf(out []types.Type, vals []ssa.Value, depth int) ([]types.Type, bool) {
	known := len(vals) > 0
	for _, v := range vals {
		if known {
			out, known = u.concreteIn(out, v, depth)
		}
	}
	return out, known
}

// concreteResult is concreteIn for the i'th result of a call.
func (u *unit) concreteResult(out []types.Type, call *ssa.Call, i, depth int) ([]types.Type, bool) {
	callee := staticTarget(call.Call.Value)
	if callee == nil {
		return nil, false
	}
	var vals []ssa.Value
	for _, b := range u.target(callee).Blocks {
		if ret, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return); ok && i < len(ret.Results) {
			vals = append(vals, Spilled(ret.Results[i]))
		}
	}
	return u.concreteOf(out, vals, depth)
}

// onlyRead reports whether nobody gets the address of a variable but closures, and these only read it.
func onlyRead(variable ssa.Value) bool {
	declared, _ := variable.(*ssa.Alloc)
	return !slices.ContainsFunc(*variable.Referrers(), func(ref ssa.Instruction) bool {
		if closure, ok := ref.(*ssa.MakeClosure); ok {
			i := slices.Index(closure.Bindings, variable)
			return !onlyRead(closure.Fn.(*ssa.Function).FreeVars[i])
		}
		return !setsOrReads(ref, declared)
	})
}

// heldBy returns those of the methods, which have one name, that a call of v, an interface, may reach. A type may have the method from what it embeds; where that is an interface, it is
// not known whose it is.
func (u *unit) heldBy(methods []*ssa.Function, v ssa.Value) []*ssa.Function {
	if len(methods) < 2 {
		return methods
	}
	held, known := u.concrete(v)
	if !known {
		return methods
	}
	reached := map[*types.Func]bool{}
	for _, t := range held {
		m := methodNamed(t, u.pkg.Pkg, methods[0].Name())
		if m == nil || types.IsInterface(m.Signature().Recv().Type()) {
			return methods
		}
		reached[m] = true
	}
	return slices.DeleteFunc(slices.Clone(methods), func(m *ssa.Function) bool { return !reached[origin(m)] })
}

// maxEmbedded bounds the types within each other that a method may come from.
const maxEmbedded = 4

// mayBe reports whether methods of an object of type t may be those of the type with this tag: its own, or of what it embeds.
func mayBe(t types.Type, tag domain.Sym, depth int) bool {
	if typeTag(t) == tag || types.IsInterface(t) || depth == 0 {
		return true
	}
	st, ok := deref(t).Underlying().(*types.Struct)
	if !ok {
		return false
	}
	for field := range st.Fields() {
		if field.Embedded() && mayBe(field.Type(), tag, depth-1) {
			return true
		}
	}
	return false
}
