package summary

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/domain"
)

// maxElements bounds the values that are looked for in one slice or map.
const maxElements = 8

// elements returns what this function puts into the slice or map v, as far as it is in sight.
func (f *function) elements(v ssa.Value) []ssa.Value {
	e := elementFinder{f: f, seen: map[ssa.Value]bool{}}
	e.find(v)
	return e.out
}

// elementFinder follows a slice through append, slicing and loops to the stores that fill it.
type elementFinder struct {
	f    *function
	seen map[ssa.Value]bool
	out  []ssa.Value
}

func (e *elementFinder) find(v ssa.Value) {
	if e.seen[v] || len(e.out) >= maxElements {
		return
	}
	e.seen[v] = true
	switch v := v.(type) {
	case *ssa.Call:
		if b, ok := v.Call.Value.(*ssa.Builtin); ok && b.Name() == "append" {
			for _, a := range v.Call.Args {
				e.find(a)
			}
		}
	case *ssa.Slice:
		e.find(v.X)
	case *ssa.Phi:
		for _, edge := range v.Edges {
			e.find(edge)
		}
	case *ssa.UnOp:
		if alloc, ok := v.X.(*ssa.Alloc); ok {
			for _, val := range e.f.stores(alloc).vals {
				e.find(val)
			}
		}
	case *ssa.Alloc, *ssa.MakeSlice, *ssa.MakeMap:
		e.stored(v)
	}
}

// stored adds what is stored into the elements of v.
func (e *elementFinder) stored(v ssa.Value) {
	for _, ref := range *v.Referrers() {
		switch ref := ref.(type) {
		case *ssa.MapUpdate:
			if ref.Map == v {
				e.add(ref.Value)
			}
		case *ssa.IndexAddr:
			for _, use := range *ref.Referrers() {
				if st, ok := use.(*ssa.Store); ok && st.Addr == ssa.Value(ref) {
					e.add(st.Val)
				}
			}
		case *ssa.Phi:
			if !e.seen[ref] {
				e.seen[ref] = true
				e.stored(ref)
			}
		}
	}
}

func (e *elementFinder) add(v ssa.Value) {
	if isReference(v.Type()) && !slices.Contains(e.out, v) && len(e.out) < maxElements {
		e.out = append(e.out, v)
	}
}

// elementPaths returns the memory that an element of the slice or map at v, itself a pointer or map, is: what was put in, if that is in sight and was there
// before.
func (f *function) elementPaths(v ssa.Value, paths []domain.Path) []domain.Path {
	if !slices.ContainsFunc(paths, func(p domain.Path) bool { return p.Root.Kind == domain.Local }) {
		return paths
	}
	var shared []domain.Path
	for _, e := range f.elements(v) {
		for _, p := range f.paths(e) {
			if p.Root.Kind != domain.Local {
				shared = addPath(shared, p)
			}
		}
	}
	if len(shared) == 0 {
		return paths
	}
	return shared
}
