package summary

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/domain"
)

// Maps of others that a function puts into an object which it has got from a call: req.Header = c.headers. What is then done to req.Header, here or by whatever
// gets the object, is done to c.headers.

// changed returns the object that a call returned, and of which p is a field, if the function sets that field; nil otherwise. What is not known of the call has one
// name for all its results.
func (f *function) changed(p *domain.Path) ssa.Value {
	made, field := f.made[p.Root.Name], p.Sel()[0]
	if setHere(made, field) {
		return made
	}
	for _, ref := range *made.Referrers() {
		if ex, ok := ref.(*ssa.Extract); ok && setHere(ex, field) {
			return ex
		}
	}
	return nil
}

// putIn is sharedPart for a field that this function sets, of the object that a call returned. It is told of maps alone: a pointer that is put into an object leads to
// what knows itself by that.
func (f *function) putIn(got ssa.Value, p *domain.Path) (of, under []domain.Path) {
	from := newStoreInfo(nil, got).values[p.Sel()[0]]
	if len(p.Sel()) != 1 || len(from) != 1 || !IsMap(from[0].Type()) {
		return nil, nil
	}
	of = f.paths(from[0])
	if slices.ContainsFunc(of, func(q domain.Path) bool { return q.Root.Kind == domain.Local }) {
		return nil, nil
	}
	return of, f.takenUnder(from[0])
}
