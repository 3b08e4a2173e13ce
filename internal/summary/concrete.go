package summary

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"
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
			if set := onlyStore(cell); set != nil && onlyRead(cell) {
				return u.concreteIn(out, set.Val, depth-1)
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
	_, declared := variable.(*ssa.Alloc)
	for _, ref := range *variable.Referrers() {
		switch ref := ref.(type) {
		case *ssa.Store:
			if !declared || ref.Val == variable {
				return false
			}
		case *ssa.UnOp, *ssa.DebugRef:
		case *ssa.MakeClosure:
			for i, b := range ref.Bindings {
				if b == variable && !onlyRead(ref.Fn.(*ssa.Function).FreeVars[i]) {
					return false
				}
			}
		default:
			return false
		}
	}
	return true
}

// heldBy returns those of the methods whose receivers v, an interface, may hold.
func (u *unit) heldBy(methods []*ssa.Function, v ssa.Value) []*ssa.Function {
	if len(methods) < 2 {
		return methods
	}
	held, known := u.concrete(v)
	if !known {
		return methods
	}
	var out []*ssa.Function
	for _, m := range methods {
		for _, t := range held {
			if types.Identical(deref(t), deref(m.Signature.Recv().Type())) {
				out = append(out, m)
				break
			}
		}
	}
	return out
}
