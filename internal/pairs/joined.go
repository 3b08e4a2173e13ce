package pairs

import (
	"slices"

	"github.com/mapguard/mapguard/internal/domain"
	"github.com/mapguard/mapguard/internal/summary"
)

// Goroutines that are waited for meet what comes while somebody waits.

// met reports whether the caller comes while a function that starts child, and waits for it, is waiting: from that function itself, or called by it.
func met(call, child *Touch) bool {
	if call.during(child) || call.comesWithin(child.Fn, child.site()) {
		return true
	}
	for f := range child.Fn.Starters[child.Spawn.Pos] {
		if sp := starts(f, child.Spawn); sp != nil && call.comesWithin(f, sp.Site) {
			return true
		}
	}
	return false
}

// comesWithin reports whether t comes while f, which leads to it, has the goroutine of a site running.
func (t *Touch) comesWithin(f *summary.Func, site domain.Sym) bool {
	name := domain.Intern(f.Name)
	if !slices.ContainsFunc(t.Chain, func(f domain.Frame) bool { return f.Func == name }) {
		return false
	}
	return slices.ContainsFunc(f.Summary.Accesses, func(a domain.Access) bool {
		return a.Pos == t.Pos && a.Site == 0 && domain.HasSym(a.Running, site) && a.Path.Loc() == t.Path.Loc()
	})
}

// besideJoined reports whether a, an access of a function on its caller's goroutine, runs beside one to the same memory by a goroutine that the function waits for.
// To callers both are one after the other, and a caller that has made the object has it for itself.
func besideJoined(sum *domain.Summary, a *domain.Access) bool {
	return sum.BesideOwn(a, func(site domain.Sym) bool {
		sp := sum.Spawn(site)
		return sp != nil && sp.Joined
	})
}

// joinedAbove reports whether all that start the goroutine of t through a helper wait for it, such as for a WaitGroup that the helper was given.
func (t *Touch) joinedAbove() bool {
	in := t.Fn.Starters[t.Spawn.Pos]
	for f := range in {
		sp := starts(f, t.Spawn)
		if sp == nil {
			return false
		}
		if !sp.Joined && (!f.Hidden() || slices.ContainsFunc(f.Callers, func(c summary.Caller) bool { return !in[c.Fn] })) {
			return false
		}
	}
	return len(in) > 0
}

// during reports whether some caller of what t is in has started the goroutine of o, and waits for it later.
func (t *Touch) during(o *Touch) bool {
	return slices.ContainsFunc(t.During, func(s summary.SpawnAt) bool { return s.Spawn.Pos == o.Spawn.Pos })
}
