package summary

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/domain"
)

// take notes the locks that are held where instr takes a map, or a struct with maps in it, out of the memory that holds it. The last time that the
// solver comes by is that of the fixed point.
func (f *function) take(st *state, instr ssa.Instruction) {
	v, ok := instr.(ssa.Value)
	if !ok || !f.takes(v) {
		return
	}
	if held := st.locks.Sure(); len(held) > 0 {
		f.taken[v] = held
	} else {
		delete(f.taken, v)
	}
}

// takes reports whether v may be, or hold, a map that others can reach.
func (f *function) takes(v ssa.Value) bool {
	switch v := v.(type) {
	case *ssa.UnOp:
		return sharesMap(v.Type())
	case *ssa.Lookup:
		return IsMap(v.X.Type()) && sharesMap(v.X.Type().Underlying().(*types.Map).Elem())
	case *ssa.Next:
		return !v.IsString
	case *ssa.Call:
		return true
	}
	return false
}

func sharesMap(t types.Type) bool {
	return IsMap(t) || isStruct(t)
}

// maxTaken bounds the variables of variables that a map is followed through.
const maxTaken = 4

// takenUnder returns the locks that were held, on every path, where the map v, or the struct v that it is in, was taken out of its variable.
func (f *function) takenUnder(v ssa.Value) []domain.Path { return f.takenFrom(v, maxTaken) }

func (f *function) takenFrom(v ssa.Value, depth int) []domain.Path {
	if depth <= 0 {
		return nil
	}
	switch v := v.(type) {
	case *ssa.UnOp:
		switch x := v.X.(type) {
		case *ssa.Alloc:
			return f.takenAll(f.stores(x).vals, depth-1)
		case *ssa.FieldAddr:
			if from := f.copiedFrom(x); from != nil {
				return domain.UnionPaths(f.takenFrom(from, depth-1), f.takenWith(f.copied(x), depth))
			}
			return domain.UnionPaths(f.takenAt(v), f.takenWith(f.paths(x), depth))
		}
		return f.takenAt(v)
	case *ssa.Field:
		return domain.UnionPaths(f.takenFrom(v.X, depth-1), f.takenWith(extend(f.paths(v.X), fieldSym(v.X.Type(), v.Field)), depth))
	case *ssa.Alloc:
		return f.takenAll(f.stores(v).vals, depth-1)
	case *ssa.Lookup:
		return f.takenAt(v)
	case *ssa.Call:
		return domain.UnionPaths(f.takenAt(v), f.resultUnder(v, 0))
	case *ssa.Extract:
		switch t := v.Tuple.(type) {
		case *ssa.Call:
			return domain.UnionPaths(f.takenAt(t), f.resultUnder(t, v.Index))
		case *ssa.Lookup, *ssa.Next:
			return f.takenAt(t)
		}
	case *ssa.Phi:
		return f.takenAll(v.Edges, depth-1)
	case *ssa.MakeInterface:
		return f.takenFrom(v.X, depth-1)
	case *ssa.ChangeType:
		return f.takenFrom(v.X, depth-1)
	case *ssa.TypeAssert:
		return f.takenFrom(v.X, depth-1)
	}
	return nil
}

// takenWith returns what the parts of results at the paths were taken under.
func (f *function) takenWith(paths []domain.Path, depth int) (out []domain.Path) {
	for i := range paths {
		_, under := f.sharedPart(&paths[i], depth)
		out = domain.UnionPaths(out, under)
	}
	return out
}

func (f *function) takenAt(v ssa.Value) (out []domain.Path) {
	for _, l := range f.taken[v] {
		out = append(out, l.Path)
	}
	return out
}

// takenAll returns what all of the values that were taken from somewhere were taken under.
func (f *function) takenAll(vals []ssa.Value, depth int) (out []domain.Path) {
	first := true
	for _, v := range vals {
		if _, made := v.(*ssa.MakeMap); made || len(f.paths(v)) == 0 {
			continue // nil, or one that was made since none was found
		}
		under := f.takenFrom(v, depth)
		if first {
			out, first = under, false
		} else {
			out = domain.MeetPaths(out, under)
		}
	}
	return out
}

// copiedFrom returns the struct whose copy addr is a field of, or the value that the field was set to, where copied resolves it.
func (f *function) copiedFrom(addr *ssa.FieldAddr) ssa.Value {
	if f.copied(addr) == nil {
		return nil
	}
	alloc, sel := rootAlloc(addr)
	if alloc == nil {
		return nil // of an element: the lock was held where that was put in
	}
	st := f.stores(alloc)
	if st.private(f, sel) != nil {
		return st.values[sel[0]][0]
	}
	return st.vals[0]
}

// resultUnder returns the locks under which every function that the call may reach took what it returns, and which it has given up.
func (f *function) resultUnder(call *ssa.Call, i int) (out []domain.Path) {
	known, _ := f.targets(&call.Call)
	if call.Call.IsInvoke() {
		known = known[1:]
	}
	for n, t := range known {
		sum := f.u.summaryOf(t)
		if sum == nil || i >= len(sum.Results) {
			return nil
		}
		under := f.env(t, call).set(sum.Results[i].Under)
		if n == 0 {
			out = under
		} else {
			out = domain.MeetPaths(out, under)
		}
	}
	return out
}

// lostOf returns the locks under which the map of an access of a callee was taken out of its variable, in the callee or here, and which are not
// held.
func (e *env) lostOf(a *domain.Access, m *held, now domain.Lockset) []domain.Path {
	if !a.Kind.Content() {
		return nil
	}
	if _, how := a.Path.Shown(); how != 0 {
		return lost(m.under, now)
	}
	under := e.set(a.Under)
	if actual := e.actual(&a.Path.Root); actual != nil && actual.val != nil {
		// Of a pointer that was taken out under a lock, what it points to was not.
		n := len(a.Path.Sel())
		if _, isAlloc := actual.val.(*ssa.Alloc); IsMap(actual.val.Type()) && n == 0 || isAlloc && isStruct(deref(actual.val.Type())) && n == 1 || isAlloc && n == 0 {
			under = domain.UnionPaths(under, e.f.takenUnder(actual.val))
		}
		for _, q := range actual.paths {
			_, with := e.f.sharedPart(new(e.join(q, &a.Path)), maxTaken)
			under = domain.UnionPaths(under, with)
		}
	}
	return lost(under, now)
}

// lost returns the locks that are not among those held.
func lost(under []domain.Path, held domain.Lockset) []domain.Path {
	var out []domain.Path
	for i := range under {
		if _, ok := held.Get(&under[i]); !ok {
			out = append(out, under[i])
		}
	}
	return out
}

// letOut notes the locks under which a returned map, or that of a returned iterator, was taken and which are given up by then, and that the callers get it.
func (f *function) letOut(info *domain.ResultInfo, ret *ssa.Return, v ssa.Value, st *state, out *collector) {
	if m := f.iterated(v); m != nil {
		v = m
	}
	paths := f.paths(v)
	if !IsMap(v.Type()) {
		return
	}
	if !slices.ContainsFunc(paths, func(p domain.Path) bool { return p.Root.Kind != domain.Local }) {
		f.letLoose(paths, ret, st, out)
		return
	}
	under := lost(f.takenUnder(v), st.locks)
	if len(info.Paths) == 0 {
		info.Under = under
	} else {
		info.Under = domain.MeetPaths(info.Under, under)
	}
	if out != nil && (len(under) > 0 || f.forOthers()) {
		out.access(st, ret.Pos(), paths, domain.Access{Kind: domain.Out, Under: under})
	}
}

// letLoose notes that a map which f has made is returned while goroutines of f may be running, unless an error goes with it: nobody looks at the map then. Whoever gets with it what
// those goroutines signal may wait for them.
func (f *function) letLoose(made []domain.Path, ret *ssa.Return, st *state, out *collector) {
	failed := func(v ssa.Value) bool {
		return types.Identical(v.Type(), types.Universe.Lookup("error").Type()) && !isNil(v)
	}
	inner := func(p domain.Path) bool { return len(p.Sel()) > 0 }
	if out != nil && len(st.running) > 0 && !slices.ContainsFunc(ret.Results, failed) && !slices.ContainsFunc(made, inner) && !f.mayWait(ret.Results, st.running) {
		out.access(st, ret.Pos(), made, domain.Access{Kind: domain.Out})
	}
}

// forOthers reports whether what f returns goes to code that is not seen.
func (f *function) forOthers() bool {
	return f.fn.Parent() == nil && token.IsExported(f.fn.Name()) && f.u.pass.Pkg.Name() != "main" && !f.u.inTest(f.fn)
}
