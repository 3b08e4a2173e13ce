package summary

import (
	"go/types"
	"maps"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/domain"
	"github.com/mapguard/mapguard/internal/flow"
)

// captured returns what the variable x holds for the functions that have captured it. What was overwritten before the first of them was made is not that: what
// was found in a cache, say, where it is put together anew.
func (f *function) captured(x *ssa.Alloc) []domain.Path {
	stores, makers, _ := f.usesOfVariable(x)
	last := standing(stores, makers)
	if len(last) == len(stores) {
		return f.variable(x)
	}
	var vals []ssa.Value
	for _, st := range last {
		vals = append(vals, st.Val)
	}
	return f.union(vals)
}

// loadedFrom returns what the load v finds in the variable x: if functions have captured that, and one store alone stands there, and wherever else it does, what that has put there. Where
// it meets another one further on, the variable has one name all the time, so that a lock taken by it on each of two ways is held behind them.
func (f *function) loadedFrom(x *ssa.Alloc, v *ssa.UnOp) []domain.Path {
	info := f.stores(x)
	if info.sole == nil {
		info.sole = f.soleStores(x)
	}
	if st := info.sole[v]; st != nil {
		return f.paths(st.Val)
	}
	return f.variable(x)
}

// maxLoads bounds the loads of a variable for which it is looked what stands where.
const maxLoads = 32

// soleStores returns the store that alone stands at a load of x, for those loads where there is one that meets no other. Variables that nobody has captured are results, kept for what is
// deferred: all of their returns give one name to callers.
func (f *function) soleStores(x *ssa.Alloc) map[*ssa.UnOp]*ssa.Store {
	stores, makers, loads := f.usesOfVariable(x)
	only, mixed := map[*ssa.UnOp]*ssa.Store{}, map[*ssa.Store]bool{}
	if len(makers) == 0 || len(loads) > maxLoads || types.IsInterface(deref(x.Type())) { // errors are most of those, and nobody locks one
		return only
	}
	for _, v := range loads {
		before := slices.DeleteFunc(slices.Clone(stores), func(st *ssa.Store) bool { return !mayPrecede(st, v) })
		last := standing(before, []ssa.Instruction{v})
		if len(last) == 1 && flow.Precedes(last[0], v) {
			only[v] = last[0]
			continue
		}
		for _, st := range last {
			mixed[st] = true
		}
	}
	maps.DeleteFunc(only, func(_ *ssa.UnOp, st *ssa.Store) bool { return mixed[st] })
	return only
}

// usesOfVariable returns the stores to the variable x, the functions made that capture it, and the loads; none of them if it is a struct, or others may store to it.
func (f *function) usesOfVariable(x *ssa.Alloc) (stores []*ssa.Store, makers []ssa.Instruction, loads []*ssa.UnOp) {
	if st := f.stores(x); len(st.vals) < 2 || st.open || !isReference(deref(x.Type())) {
		return nil, nil, nil
	}
	for _, ref := range *x.Referrers() {
		switch ref := ref.(type) {
		case *ssa.Store:
			stores = append(stores, ref)
		case *ssa.MakeClosure:
			makers = append(makers, ref)
		case *ssa.UnOp:
			loads = append(loads, ref)
		}
	}
	return stores, makers, loads
}

// standing returns the stores that no other one of them has overwritten before the uses.
func standing(stores []*ssa.Store, uses []ssa.Instruction) (out []*ssa.Store) {
	for _, st := range stores {
		if !slices.ContainsFunc(stores, func(by *ssa.Store) bool { return by != st && overwrites(by, st, uses) }) {
			out = append(out, st)
		}
	}
	return out
}

// overwrites reports whether by comes on every way to the uses, and st does not run any more then.
func overwrites(by, st *ssa.Store, uses []ssa.Instruction) bool {
	if by.Block() == st.Block() && !flow.Precedes(st, by) || flow.Reaches(by.Block(), st.Block()) {
		return false
	}
	return !slices.ContainsFunc(uses, func(use ssa.Instruction) bool { return !flow.Precedes(by, use) })
}

// mayPrecede reports whether a may have run when b does.
func mayPrecede(a, b ssa.Instruction) bool {
	return a.Block() == b.Block() && flow.Precedes(a, b) || flow.Reaches(a.Block(), b.Block())
}
