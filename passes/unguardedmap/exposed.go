package unguardedmap

import (
	"fmt"

	"github.com/mapguard/mapguard/internal/domain"
	"github.com/mapguard/mapguard/internal/pairs"
	"github.com/mapguard/mapguard/internal/summary"
)

// strict adds the tier exposed.
var strict bool

// exposed returns the pairs of tier exposed: no lock and no goroutine is in sight, but two functions that others call can touch the map at once, as they
// do if the callers are a service.
func exposed(g pairs.Group) []pairs.Pair {
	var out []pairs.Pair
	for i, a := range g.Touches {
		if !exposes(a) {
			continue
		}
		for _, b := range g.Touches[i:] {
			if exposes(b) && domain.MayRace(a.Access, b.Access) && pairs.SameMemory(a, b) && pairs.Overlap(a, b) {
				p := pairs.Pair{A: a, B: b}
				if !a.Kind.Writes() {
					p = pairs.Pair{A: b, B: a}
				}
				out = append(out, p)
				break
			}
		}
	}
	return out
}

// exposes reports whether t is on the goroutine of a caller whom we don't see, and no part of setting things up.
func exposes(t *pairs.Touch) bool {
	return t.Kind.Content() && t.Spawn == nil && t.Fn.Entry != summary.Test && !pairs.Made(t)
}

// callers says of a pair of tier exposed who may meet.
func callers(p pairs.Pair) string {
	if p.A.Fn == p.B.Fn {
		return fmt.Sprintf("%s may be called by several goroutines at once", p.A.Fn.Name)
	}
	return fmt.Sprintf("%s and %s may be called at once", p.A.Fn.Name, p.B.Fn.Name)
}
