package pairs

import (
	"slices"

	"github.com/mapguard/mapguard/internal/domain"
	"github.com/mapguard/mapguard/internal/summary"
)

// WritesAlone reports whether the memory that the read t and the write w touch is only written by what runs t: by functions that the package calls from there
// alone, on one goroutine of its own and before that starts. It holds the lock for the others, who read, and needs none to read itself.
//
// A function that anybody calls, looks and then writes under the lock is no such thing, even if all writes are in it: two of them meet.
func WritesAlone(t, w *Touch) bool {
	if t.Kind.Writes() || !w.Kind.Writes() || t.Many || w.Many || w.Site != 0 {
		return false // a goroutine that the holder of w starts tells of itself elsewhere, too
	}
	tops, ok := leadsFrom(w.Holder, t, map[*summary.Func]bool{})
	return ok && len(tops) > 0 && !slices.ContainsFunc(tops, func(f *summary.Func) bool { return !aloneOn(f) })
}

// leadsFrom returns the functions above t from which alone the package calls f, itself or through others.
func leadsFrom(f *summary.Func, t *Touch, seen map[*summary.Func]bool) (tops []*summary.Func, ok bool) {
	if seen[f] {
		return nil, true
	}
	seen[f] = true
	if t.through(f) && (t.Site == 0 || f != t.Holder) && f.SSA.Parent() == nil {
		return []*summary.Func{f}, true
	}
	if len(f.Callers) == 0 || f.Stray || startedAs(f) {
		return nil, false
	}
	for i := range f.Callers {
		more, ok := leadsFrom(f.Callers[i].Fn, t, seen)
		if !ok {
			return nil, false
		}
		tops = append(tops, more...)
	}
	return tops, true
}

// aloneOn reports whether the package calls f on one goroutine that it starts, and else only while that is not running; or leaves it to others to call what
// goes on as long as its object is in use.
func aloneOn(f *summary.Func) bool {
	if f.Reached.Cut() {
		return false
	}
	var on *domain.Spawn
	for _, s := range f.Reached.Spawns {
		if s.Fn.InTest {
			continue
		}
		if s.Spawn.Kind != domain.Go || on != nil && on.Pos != s.Spawn.Pos {
			return false
		}
		on = s.Spawn
	}
	if on == nil {
		return lifeOf(f, map[*summary.Func]bool{}) != nil
	}
	return len(f.Callers) > 0 && !slices.ContainsFunc(f.Callers, func(c summary.Caller) bool { return c.Runs(on) })
}

// startedAs reports whether f is what some goroutine runs.
func startedAs(f *summary.Func) bool {
	name := domain.Intern(f.Name)
	return slices.ContainsFunc(f.Callers, func(c summary.Caller) bool {
		return slices.ContainsFunc(c.Fn.Summary.Spawns, func(sp domain.Spawn) bool { return sp.Func == name })
	})
}

// lifeOf returns the function that goes on as long as its object is in use and that alone calls f, itself or through others; nil if there is none.
func lifeOf(f *summary.Func, seen map[*summary.Func]bool) *summary.Func {
	if len(f.Callers) == 0 && f.Lifelong {
		return f
	}
	if seen[f] || f.Stray || f.Entry != summary.NoEntry {
		return nil
	}
	seen[f] = true
	var life *summary.Func
	for i := range f.Callers {
		above := lifeOf(f.Callers[i].Fn, seen)
		if above == nil || life != nil && above != life {
			return nil
		}
		life = above
	}
	return life
}

// calledOnlyOn reports whether the package calls f, and does so on the goroutines of one go statement alone, itself or through others that it calls there only.
func calledOnlyOn(f *summary.Func, sp *domain.Spawn) bool {
	called := false // by what the goroutine runs, and not only by functions that call each other
	work := []*summary.Func{f}
	for i := 0; i < len(work); i++ {
		if work[i].Stray {
			return false
		}
		for _, c := range work[i].Callers {
			switch {
			case c.Fn.Reached.StartsOnlyAt(sp.Pos), isWorkerOf(c.Fn, sp):
				called = true
			case c.Fn.Entry != summary.Exported:
				return false
			case !slices.Contains(work, c.Fn):
				work = append(work, c.Fn)
			}
		}
		if len(work[i].Callers) == 0 {
			return false
		}
	}
	return called
}

// isWorkerOf reports whether f is what the goroutine does all its life: who has that running does not run it himself.
func isWorkerOf(f *summary.Func, sp *domain.Spawn) bool {
	return f.Works && domain.Intern(f.Name) == sp.Func
}
