package summary

import (
	"slices"

	"github.com/mapguard/mapguard/internal/domain"
)

// A constructor that registers a method of what it makes, or a function literal that has captured it, and goes on, has let nobody in but that function: others do not find the object until
// the constructor puts it somewhere, or returns it.

// hearer returns the name of the function fv as one that has its i'th captured value for itself: 0 if it hands that on, or may.
func (f *function) hearer(fv funcVal, i int) domain.Sym {
	t := f.u.bind(fv, nil)
	if t.fn == nil || t.fn.Pkg != f.u.pkg {
		return 0
	}
	sum := f.u.summaryOf(t)
	root := domain.Root{Kind: domain.FreeVar, Index: int16(i)}
	if len(t.free) == 0 {
		root.Kind = domain.Param // the receiver of a method value
	}
	if sum == nil || handsOn(sum, &root) {
		return 0
	}
	return f.u.targetName(t)
}

// handsOn reports whether others than the function come to have what hangs on its parameter or captured variable.
func handsOn(sum *domain.Summary, root *domain.Root) bool {
	at := func(p domain.Path) bool { return p.Root.Kind == root.Kind && p.Root.Index == root.Index }
	if slices.ContainsFunc(sum.Gives, at) || slices.ContainsFunc(sum.Heard, func(h domain.Heard) bool { return at(h.Path) }) {
		return true
	}
	if root.Kind == domain.Param && slices.ContainsFunc(sum.Puts, func(p domain.Put) bool { return p.Param == int(root.Index) }) {
		return true
	}
	return slices.ContainsFunc(sum.Results, func(r domain.ResultInfo) bool { return slices.ContainsFunc(r.Paths, at) })
}

// publishTo publishes what a function has captured: by names the function, 0 if that hands it on.
func (f *function) publishTo(by domain.Sym, publish func()) {
	outer := f.hearing
	f.hearing = by
	publish()
	f.hearing = outer
}

// heardOnly reports whether the memory at p was made here, and nobody but goroutines started here and functions that have captured it can reach it yet.
func (st *state) heardOnly(p *domain.Path) bool {
	if p.Root.Kind != domain.Local || !domain.HasSym(st.let, p.Root.Name) || domain.HasSym(st.told, p.Root.Name) {
		return false
	}
	q := p.SomeElement()
	return !slices.ContainsFunc(st.parts, func(part domain.Path) bool { return part.LeadsTo(&q) })
}
