package summary

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/domain"
)

// findEarly returns what reports whether a function runs in the initialisation of the package and never else, as far as its calls are in sight: there is one at least.
func (u *unit) findEarly(valued map[*ssa.Function]bool) func(*ssa.Function) bool {
	callers := map[*ssa.Function][]edge{}
	for e := range u.edges {
		if e.from != e.to && !u.inTest(e.from) {
			callers[e.to] = append(callers[e.to], e)
		}
	}
	known := map[*ssa.Function]bool{} // a cycle is no initialisation
	var early func(fn *ssa.Function) bool
	early = func(fn *ssa.Function) bool {
		if got, ok := known[fn]; ok {
			return got
		}
		known[fn] = false
		known[fn] = isSetup(fn) || fn.Parent() == nil && !valued[fn] && len(callers[fn]) > 0 &&
			!slices.ContainsFunc(callers[fn], func(e edge) bool { return e.site != 0 || !early(e.from) })
		return known[fn]
	}
	return early
}

// registers reports whether fn is an exported function by which others put something into a table of this package before main: each call of such a function
// in the package is made by initialisation, and the function fills a map that hangs on a package variable. That is how the package itself understands it, so other
// packages are taken to do the same. A single other call, be it from a handler or a helper of one, and the function is one that anybody may call at any time; so is
// one that nobody here calls.
func (u *unit) registers(fn *ssa.Function, early bool) bool {
	return early && fn.Signature.Recv() == nil && u.isExportedEntry(fn) && fillsVariable(u.sums[fn])
}

// fillsVariable reports whether a function writes elements of a map that hangs on a package variable, on its caller's goroutine.
func fillsVariable(sum *domain.Summary) bool {
	return slices.ContainsFunc(sum.Accesses, func(a domain.Access) bool {
		return a.Kind == domain.Write && a.Path.Root.Kind == domain.Global && a.Site == 0
	})
}
