package summary

import (
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/domain"
)

// Functions that a call returns: a factory of handlers, or of tasks. What such a closure has captured of the arguments is what the caller has passed; what the
// factory has made for it has no name in the caller.

// maxReturned bounds the functions that a call may return.
const maxReturned = 4

// returned returns the functions that v, the result of a call or one of its results, may be.
func (f *function) returned(v ssa.Value) []funcVal {
	out, known := f.results[v]
	if !known {
		tuple, i := v, 0
		if x, ok := v.(*ssa.Extract); ok {
			tuple, i = x.Tuple, x.Index
		}
		out = f.resultFuncs(tuple, i)
		f.results[v] = out
	}
	return out
}

func (f *function) resultFuncs(v ssa.Value, i int) (out []funcVal) {
	call, ok := v.(*ssa.Call)
	if !ok || call.Parent() != f.fn || call.Call.StaticCallee() == nil {
		return nil
	}
	t := f.u.bind(funcVal{fn: call.Call.StaticCallee()}, call.Call.Args)
	if t.fn == nil || t.fn == f.fn || f.unlocks(t, i) {
		return nil
	}
	for _, b := range t.fn.Blocks {
		ret, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return)
		if !ok || i >= len(ret.Results) {
			continue
		}
		for _, val := range alternatives(Spilled(ret.Results[i])) {
			if len(out) == maxReturned {
				return nil
			}
			switch val := val.(type) {
			case *ssa.Function:
				out = append(out, funcVal{fn: val})
			case *ssa.MakeClosure:
				fn, free := val.Fn.(*ssa.Function), t.inCaller(f.u.bindings(val))
				if isLost(free[0]) && fn.Synthetic != "" {
					continue // a method of some object that has no name here
				}
				for i, v := range free {
					if isLost(v) && !isFunc(deref(v.Type())) { // a function is no memory, and the call returns another one
						free[i] = call
					}
				}
				out = append(out, funcVal{fn: fn, free: free, site: call})
			}
		}
	}
	return out
}

// isLost reports whether v stands for what the factory has made, see inCaller.
func isLost(v ssa.Value) bool { _, lost := v.(*ssa.Const); return lost }

// madeByFactory returns the memory in the captured variable i of a closure that the call v has made and returned: each call has made another. It is a part of what the call returns, as a
// field of an object would be.
func (f *function) madeByFactory(v *ssa.Call, fn *ssa.Function, i int) domain.Path {
	root := f.local(v)
	root.Type = 0
	return domain.Of(root).Append(domain.FieldSym("", fn.FreeVars[i].Name()))
}

// unlocks reports whether result i of t is a function that gives up a lock: what that does to locks is all that the caller wants to know of it.
func (f *function) unlocks(t target, i int) bool {
	sum := f.u.summaryOf(t)
	return sum != nil && slices.ContainsFunc(sum.Unlockers, func(u domain.Unlocker) bool { return u.Result == i })
}

// alternatives returns what v may be, one join back.
func alternatives(v ssa.Value) (out []ssa.Value) {
	phi, ok := converted(v).(*ssa.Phi)
	if !ok {
		return []ssa.Value{converted(v)}
	}
	for _, e := range phi.Edges {
		if _, again := converted(e).(*ssa.Phi); !again {
			out = append(out, converted(e))
		}
	}
	return out
}

// converted returns what v is a conversion of, to another name of its type.
func converted(v ssa.Value) ssa.Value {
	for {
		c, ok := v.(*ssa.ChangeType)
		if !ok {
			return v
		}
		v = c.X
	}
}

// inCaller returns the arguments that the variables of the callee t hold which a closure made there has captured, or the package variables that it names; no value for
// those that hold anything else.
func (t *target) inCaller(captured []ssa.Value) []ssa.Value {
	out := make([]ssa.Value, len(captured))
	for i, v := range captured {
		out[i] = ssa.NewConst(nil, v.Type())
		if cell, ok := v.(*ssa.Alloc); ok {
			v = onlyStored(cell)
		}
		if ofPackage(v) {
			out[i] = v
		}
		for j, p := range t.fn.Params {
			if v == ssa.Value(p) && j < len(t.args) {
				out[i] = t.args[j]
			}
		}
	}
	return out
}

// ofPackage reports whether v is a package variable, or the object that one points to: that has one name everywhere.
func ofPackage(v ssa.Value) bool {
	if load, ok := v.(*ssa.UnOp); ok && load.Op == token.MUL {
		v = load.X
	}
	_, ok := v.(*ssa.Global)
	return ok
}

// onlyStored returns the only value that is stored in a variable by the function that declares it, nil if there are several or none.
func onlyStored(cell *ssa.Alloc) ssa.Value {
	if set := onlyStore(cell); set != nil {
		return set.Val
	}
	return nil
}

// onlyStore returns the instruction that does so.
func onlyStore(cell *ssa.Alloc) (set *ssa.Store) {
	for _, ref := range *cell.Referrers() {
		if st, ok := ref.(*ssa.Store); ok && st.Addr == ssa.Value(cell) {
			if set != nil {
				return nil
			}
			set = st
		}
	}
	return set
}
