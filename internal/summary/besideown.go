package summary

import (
	"slices"

	"github.com/mapguard/mapguard/internal/domain"
)

// besideOwn reports whether a, an access of a callee on its caller's goroutine, runs beside one of a goroutine that the callee has started, to the same memory. What
// the caller has for itself up to the call it does not have there: a constructor that has a method start the worker, which goes on with the map.
//
// That the callee has given the memory to some goroutine is not enough: it starts others, before it does, which run as well.
func besideOwn(callee *domain.Summary, a *domain.Access) bool {
	return callee.BesideOwn(a, func(domain.Sym) bool { return true })
}

// noteLocked notes what a goroutine that f starts at site, with the summary and arguments given, does under locks that settle it: f is told of none of that.
func (f *function) noteLocked(site domain.Sym, sum *domain.Summary, e *env) {
	for i := range sum.Accesses {
		a := &sum.Accesses[i]
		if a.Site != 0 || !a.Kind.Content() || !a.Settled() {
			continue
		}
		for _, p := range visible(e.content(&a.Path)) {
			if t := (domain.LockedTouch{Site: site, Path: p, Kind: a.Kind.Class()}); !slices.Contains(f.locked, t) && len(f.locked) < maxAccesses {
				f.locked = append(f.locked, t)
			}
		}
	}
}
