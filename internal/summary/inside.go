package summary

import (
	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/domain"
)

// Maps that are put into a map or slice made for the purpose, such as what a status page is made of: who encodes or gets that goes over them, too.

// maxInside bounds how deep the maps lie; one may be put into itself.
const maxInside = 3

// mapsInside returns the maps that were put into the map or slice v where it was made, and into those that were put there.
func mapsInside(v ssa.Value, depth int) (out []ssa.Value) {
	if depth == maxInside {
		return nil
	}
	for _, in := range parts(unwrap(v)) {
		in = unwrap(in)
		if IsMap(in.Type()) {
			out = append(out, in)
		}
		out = append(out, mapsInside(in, depth+1)...)
	}
	return out
}

// parts returns the values with which the map or slice v was made, nil if it was made elsewhere.
func parts(v ssa.Value) (out []ssa.Value) {
	switch v := v.(type) {
	case *ssa.MakeMap:
		for _, ref := range *v.Referrers() {
			if put, ok := ref.(*ssa.MapUpdate); ok && put.Map == ssa.Value(v) {
				out = append(out, put.Value)
			}
		}
	case *ssa.Slice:
		if vals := elements(v); len(vals) != 1 || vals[0] != ssa.Value(v) {
			return vals
		}
	}
	return out
}

// letOutInside notes that the callers get the maps which v was made with, and the locks under which those were taken and which are given up by then.
func (f *function) letOutInside(ret *ssa.Return, v ssa.Value, st *state, out *collector) {
	if out == nil {
		return
	}
	inside := mapsInside(v, 0)
	if m, ok := v.(*ssa.MakeInterface); ok && IsMap(m.X.Type()) {
		inside = append(inside, m.X)
	}
	for _, m := range inside {
		if under := lost(f.takenUnder(m), st.locks); len(under) > 0 {
			out.access(st, ret.Pos(), f.paths(m), domain.Access{Kind: domain.Out, Under: under})
		}
	}
}
