package unguardedmap

import (
	"cmp"
	"slices"

	"github.com/mapguard/mapguard/internal/domain"
	"github.com/mapguard/mapguard/internal/pairs"
	"github.com/mapguard/mapguard/internal/summary"
)

// judge returns the racing pairs of tier race: two concrete accesses, a concrete goroutine for one of them, and the writer on it or after
// its start in code that we see. A setter that only some caller runs beside a reading worker is not among them.
//
// Each touch occurs as a in at most one pair: the first partner is as good as the tenth.
func judge(g pairs.Group, local bool) []pairs.Pair {
	var out []pairs.Pair
	for i, a := range g.Touches {
		for _, b := range g.Touches[i:] {
			if a == b && !a.Many && !(a.Fn.Entry == summary.Served && !local) {
				continue
			}
			if !local && (!a.Kind.Content() || a.Fresh || b.Fresh) {
				continue // a variable that is only replaced, with no lock anywhere, is copy-on-write
			}
			if domain.OnlyReadLocked(a.Access, b.Access) {
				continue // there is a lock, held in the wrong mode: that is rlockwrite's to say
			}
			if !domain.MayRace(a.Access, b.Access) || !pairs.SameMemory(a, b) || !evident(a, b) || !pairs.Parallel(a, b) {
				continue
			}
			if !a.Kind.Writes() || b.Spawn != nil && a.Spawn == nil && b.Kind.Writes() {
				out = append(out, pairs.Pair{A: b, B: a})
			} else {
				out = append(out, pairs.Pair{A: a, B: b})
			}
			break
		}
	}
	return out
}

// evident reports whether a writer stands where its concurrency was seen.
func evident(a, b *pairs.Touch) bool {
	if !a.Thread() && !b.Thread() {
		return false
	}
	if a.Fn == b.Fn || a.Kind.Writes() && a.Follows(b) || b.Kind.Writes() && b.Follows(a) {
		return true
	}
	return a.Kind.Writes() && a.Thread() || b.Kind.Writes() && b.Thread()
}

// unguarded returns the touches that miss the guard while a conflicting one can overlap: tier inconsistent. The guard stands in for
// the goroutine as evidence, for the map it guards only.
func unguarded(g pairs.Group, guard domain.Guard) []pairs.Pair {
	var out []pairs.Pair
	content := slices.Clone(g.Touches)
	slices.SortStableFunc(content, func(a, b *pairs.Touch) int { return cmp.Compare(rank(a.Kind), rank(b.Kind)) })
	for _, a := range content {
		if peeks(a) || !guards(g, guard, a) || guard.Taken && !a.Kind.Writes() && a.TakenUnder(guard.Loc) {
			continue
		}
		if mode, sure := guard.Mode(a.Access); !sure || mode != 0 || pairs.Setup(a) || heldByOthers(g, guard, a) {
			continue
		}
		for _, b := range g.Touches {
			if domain.MayRace(a.Access, b.Access) && !setupPartner(b, guard) && pairs.Overlap(a, b) && (guard.Owner == 0 || b.Path.Owns(guard.Owner)) {
				out = append(out, pairs.Pair{A: a, B: b})
				break
			}
		}
	}
	return out
}

// rank orders the accesses of one place by how much they say: m[k]++ writes.
func rank(k domain.Kind) int {
	switch {
	case k.ContentWrite():
		return 0
	case k.Content():
		return 1
	}
	return 2
}

// guards reports whether the guard is held somewhere for the memory that t touches: not only for that of other objects.
func guards(g pairs.Group, guard domain.Guard, t *pairs.Touch) bool {
	return t.Kind.Content() || slices.ContainsFunc(g.Touches, func(o *pairs.Touch) bool {
		mode, _ := guard.Mode(o.Access)
		return mode != 0 && !domain.Apart(&o.Path, &t.Path)
	})
}

// peeks reports whether t is a test that looks into an object on its own goroutine: it knows what the others are at, which we don't.
func peeks(t *pairs.Touch) bool { return t.Fn.Entry == summary.Test && t.Spawn == nil }

// setupPartner is setup for the other side of a pair: whoever replaces the map under the guard does not set up.
func setupPartner(t *pairs.Touch, guard domain.Guard) bool {
	if t.Fresh && t.Kind.Content() {
		return true
	}
	if mode, sure := guard.Mode(t.Access); sure && mode != 0 {
		return false
	}
	return pairs.Setup(t)
}

// heldByOthers reports whether t is the body of an exported function that all its callers in this package call with the guard held: then
// it is a helper that wants the lock held, and is exported by habit.
func heldByOthers(g pairs.Group, guard domain.Guard, t *pairs.Touch) bool {
	if !t.Fn.Called || t.Fn.Entry != summary.Exported || t.Spawn != nil {
		return false
	}
	held := false
	for _, o := range g.Touches {
		if o.Pos != t.Pos || o.Fn == t.Fn {
			continue
		}
		if mode, sure := guard.Mode(o.Access); sure && mode == 0 && !pairs.Setup(o) {
			return false
		} else if sure && mode != 0 {
			held = true
		}
	}
	return held
}
