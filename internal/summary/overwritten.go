package summary

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/domain"
	"github.com/mapguard/mapguard/internal/flow"
)

// captured returns what the variable x holds for the functions that have captured it. What was overwritten before the first of them was made is not that: what
// was found in a cache, say, where it is put together anew.
func (f *function) captured(x *ssa.Alloc) []domain.Path {
	if st := f.stores(x); len(st.vals) < 2 || st.open || !isReference(deref(x.Type())) {
		return f.variable(x)
	}
	var stores []*ssa.Store
	var makers []*ssa.MakeClosure
	for _, ref := range *x.Referrers() {
		switch ref := ref.(type) {
		case *ssa.Store:
			stores = append(stores, ref)
		case *ssa.MakeClosure:
			makers = append(makers, ref)
		}
	}
	var vals []ssa.Value
	for _, st := range stores {
		if !slices.ContainsFunc(stores, func(by *ssa.Store) bool { return by != st && overwrites(by, st, makers) }) {
			vals = append(vals, st.Val)
		}
	}
	if len(vals) == len(stores) {
		return f.variable(x)
	}
	return f.union(vals)
}

// overwrites reports whether by comes on every way to the makers, and st does not run any more then.
func overwrites(by, st *ssa.Store, makers []*ssa.MakeClosure) bool {
	if by.Block() == st.Block() && !flow.Precedes(st, by) || flow.Reaches(by.Block(), st.Block()) {
		return false
	}
	return !slices.ContainsFunc(makers, func(m *ssa.MakeClosure) bool { return !flow.Precedes(by, m) })
}
