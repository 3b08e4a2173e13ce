package summary

import (
	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/domain"
)

// partsOfResult returns the parts of what a call has returned, but for fields that were set to something else since.
func (f *function) partsOfResult(made ssa.Value, root domain.Path, st *storeInfo) (out []domain.Part) {
	call, i := resultOf(made)
	if call == nil {
		return nil
	}
	f.eachPart(call, i, func(t target, part *domain.Part) {
		sel := part.Path.Sel()
		if len(sel) > 0 && st.fields[sel[0]] {
			return
		}
		e := f.env(t, call)
		var of []domain.Path
		for j := range part.Of {
			for _, q := range e.content(&part.Of[j]) {
				of = domain.UnionPaths(of, f.ofCallers(q))
			}
		}
		if len(of) > 0 {
			out = append(out, domain.Part{Path: root.Along(sel), Of: of, Except: part.Except, Under: domain.UnionPaths(f.takenAt(call), e.set(part.Under))})
		}
	})
	return out
}

// eachPart goes over the parts of result i of a call.
func (f *function) eachPart(call *ssa.Call, i int, do func(t target, part *domain.Part)) {
	known, _ := f.targets(&call.Call)
	for _, t := range known {
		sum := f.u.summaryOf(t)
		if sum == nil || i >= len(sum.Results) {
			continue
		}
		for j := range sum.Results[i].Parts {
			do(t, &sum.Results[i].Parts[j])
		}
	}
}

// ofCallers returns the memory of callers that q is, or that it is a part of where it was made here.
func (f *function) ofCallers(q domain.Path) []domain.Path {
	shared := []domain.Path{q}
	if q.Root.Kind == domain.Local {
		shared, _ = f.sharedPart(&q, maxTaken)
	}
	var out []domain.Path
	for _, p := range shared {
		if p.Root.Kind != domain.Local && p.Root.Kind != domain.Unknown {
			out = domain.InsertPath(out, p)
		}
	}
	return out
}

// resultOf returns the call that v is a result of, and which; nil if it is none.
func resultOf(v ssa.Value) (call *ssa.Call, i int) {
	if ex, ok := v.(*ssa.Extract); ok {
		v, i = ex.Tuple, ex.Index
	}
	call, _ = v.(*ssa.Call)
	return call, i
}
