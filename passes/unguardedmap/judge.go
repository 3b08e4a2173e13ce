package unguardedmap

import (
	"cmp"
	"slices"

	"github.com/mapguard/mapguard/internal/domain"
	"github.com/mapguard/mapguard/internal/summary"
)

// pair is two touches that can overlap with no lock in common.
type pair struct{ a, b *touch }

// judge returns the racing pairs of tier race: two concrete accesses, a concrete goroutine for one of them, and the writer on it or after
// its start in code that we see. A setter that only some caller runs beside a reading worker is not among them.
//
// Each touch occurs as a in at most one pair: the first partner is as good as the tenth.
func judge(g group, local bool) []pair {
	var out []pair
	for i, a := range g.touches {
		for _, b := range g.touches[i:] {
			if a == b && !a.many && !(a.fn.Entry == summary.Served && !local) {
				continue
			}
			if !local && (!a.Kind.Content() || a.Fresh || b.Fresh) {
				continue // a variable that is only replaced, with no lock anywhere, is copy-on-write
			}
			if !domain.MayRace(a.Access, b.Access) || !sameMemory(a, b) || !evident(a, b) || !parallel(a, b) {
				continue
			}
			if !a.Kind.Writes() || b.spawn != nil && a.spawn == nil && b.Kind.Writes() {
				out = append(out, pair{b, a})
			} else {
				out = append(out, pair{a, b})
			}
			break
		}
	}
	return out
}

// evident reports whether a writer stands where its concurrency was seen.
func evident(a, b *touch) bool {
	if !a.thread() && !b.thread() {
		return false
	}
	if a.fn == b.fn {
		return true
	}
	return a.Kind.Writes() && a.thread() || b.Kind.Writes() && b.thread()
}

// unguarded returns the touches that miss the guard while a conflicting one can overlap: tier inconsistent. The guard stands in for
// the goroutine as evidence, for the map it guards only.
func unguarded(g group, guard domain.Guard) []pair {
	var out []pair
	content := slices.Clone(g.touches)
	slices.SortStableFunc(content, func(a, b *touch) int { return cmp.Compare(a.Kind.Class(), b.Kind.Class()) })
	for _, a := range content {
		if mode, sure := guard.Mode(a.Access); !sure || mode != 0 || setup(a) || heldByOthers(g, guard, a) {
			continue
		}
		for _, b := range g.touches {
			if domain.MayRace(a.Access, b.Access) && !setupPartner(b, guard) && overlap(a, b) && (guard.Owner == 0 || b.Path.Owns(guard.Owner)) {
				out = append(out, pair{a, b})
				break
			}
		}
	}
	return out
}

// setup reports whether t makes the memory, or works on what its own function has just made.
func setup(t *touch) bool {
	if t.spawn != nil {
		return false
	}
	return t.Kind.Writes() && t.Fresh || t.Path.Root.Kind == domain.Local && len(t.Running) == 0
}

// setupPartner is setup for the other side of a pair: whoever replaces the map under the guard does not set up.
func setupPartner(t *touch, guard domain.Guard) bool {
	if t.Fresh && t.Kind.Content() {
		return true
	}
	if mode, sure := guard.Mode(t.Access); sure && mode != 0 {
		return false
	}
	return setup(t)
}

// overlap is parallel, with two callers taken to call at once.
func overlap(a, b *touch) bool {
	if parallel(a, b) {
		return true
	}
	if a.spawn != nil || b.spawn != nil || a.Forked || b.Forked {
		return false
	}
	return concurrentEntry(a.fn) && concurrentEntry(b.fn)
}

func concurrentEntry(f *summary.Func) bool {
	return f.Entry == summary.Exported || f.Entry == summary.Uncalled || f.Entry == summary.Served
}

// heldByOthers reports whether t is the body of an exported function that all its callers in this package call with the guard held: then
// it is a helper that wants the lock held, and is exported by habit.
func heldByOthers(g group, guard domain.Guard, t *touch) bool {
	if !t.fn.Called || t.fn.Entry != summary.Exported || t.spawn != nil {
		return false
	}
	held := false
	for _, o := range g.touches {
		if o.Pos != t.Pos || o.fn == t.fn {
			continue
		}
		if mode, sure := guard.Mode(o.Access); sure && mode == 0 && !setup(o) {
			return false
		} else if sure && mode != 0 {
			held = true
		}
	}
	return held
}
