package pairs

import (
	"slices"

	"github.com/mapguard/mapguard/internal/domain"
	"github.com/mapguard/mapguard/internal/summary"
)

// siblings decides for two goroutines started in different functions: if one function knows of both, by what ran when they started.
func siblings(a, b *Touch) bool {
	if takeTurns(a, b) || a.Spawn.Over(b.Joined) || b.Spawn.Over(a.Joined) || a.hasHeard(b) || b.hasHeard(a) {
		return false
	}
	for _, f := range []*summary.Func{a.Fn, b.Fn} {
		if apart, known := ordered(f, a, b); known {
			return !apart
		}
	}
	if a.Fn.Entry == summary.Test || b.Fn.Entry == summary.Test {
		return false
	}
	if waits, known := a.waitsFor(b); known {
		return !waits
	}
	if waits, known := b.waitsFor(a); known {
		return !waits
	}
	return !inOneLife(a, b) && !alternatives(a, b)
}

// hasHeard reports whether t comes when the goroutine of o has said that it is over, by a channel, WaitGroup or flag that is a variable of the function which has
// started both. One receive hears of one goroutine, or of one send.
func (t *Touch) hasHeard(o *Touch) bool {
	if o.Spawn == nil || len(t.Joined) == 0 {
		return false
	}
	heard := false
	for _, k := range o.Spawn.Signals {
		key, mark := k.Plain()
		if !t.waitedForVariable(&key) {
			continue
		}
		if key.IsChannel() && (mark == domain.Repeated || mark == 0 && o.Many) {
			return false
		}
		heard = true
	}
	return heard && !slices.ContainsFunc(o.Fn.Summary.Spawns, func(sp domain.Spawn) bool {
		return sp.Pos == o.Spawn.Pos && slices.ContainsFunc(sp.Signals, func(k domain.Path) bool {
			key, mark := k.Plain() // that o comes after
			return mark != domain.Closed && t.waitedForVariable(&key) && !domain.HasPath(o.Spawn.Signals, k)
		})
	})
}

// hasEnded reports whether t, on a goroutine itself, comes when that of o is over, as a channel or WaitGroup of the object says that the memory hangs on: whoever stops an object
// goes on with that object.
func (t *Touch) hasEnded(o *Touch) bool {
	if t.Spawn == nil || o.Spawn == nil || o.Many {
		return false
	}
	return slices.ContainsFunc(o.Spawn.Signals, func(k domain.Path) bool {
		key, _ := k.Plain()
		loc := key.Loc()
		object, ofObject := key.Object()
		return loc != 0 && domain.HasSym(t.Joined, loc) && ofObject && object.LeadsTo(&o.Path)
	})
}

// waitedForVariable reports whether t has waited for the key, a variable of the function which has started it.
func (t *Touch) waitedForVariable(key *domain.Path) bool {
	return key.Loc() == 0 && key.Root.Kind == domain.Local && domain.HasSym(t.Joined, key.JoinedKey())
}

// servedBeside reports whether a is in a handler that was registered, or in another callback that several goroutines call at once, and b on a goroutine that the function which knows
// of both leaves running: requests come when that function is done, so that it does not matter which of the two it did first. Of other callbacks it is not known whether that goroutine
// calls them.
func servedBeside(a, b *Touch) bool {
	return a.registered() && (a.Spawn.Kind == domain.Handler || a.Spawn.Several) && b.Spawn != nil && !b.registered() && !b.Spawn.Joined && !a.Fn.InTest && !b.Spawn.Over(a.Joined)
}

// alternatives reports whether all that others can call to start the goroutine of a may start that of b instead, and the other way round, but never both: the two
// ways in which a service can run.
func alternatives(a, b *Touch) bool {
	if a.Many || b.Many {
		return false
	}
	forA, forB := a.Fn.Starters[a.Spawn.Pos], b.Fn.Starters[b.Spawn.Pos]
	common := false
	for f := range forA {
		if !forB[f] {
			if !f.Hidden() {
				return false
			}
			continue
		}
		if apart, known := ordered(f, a, b); !known || !apart {
			return false
		}
		common = true
	}
	for f := range forB {
		if !forA[f] && !f.Hidden() {
			return false
		}
	}
	return common
}

// waitsFor reports whether t, on a goroutine that leads to the function which starts that of o and waits for it, comes when that is over. It is known if nobody
// else comes there who is not told of as well: on whatever goroutine that function runs, o runs because of it. Outside of that function t has not run beside o if callers were told
// of all that it ran beside, where no other goroutine leads there; and where the one that started it made the object for it, as a method that is called again did not.
func (t *Touch) waitsFor(o *Touch) (waits, known bool) {
	if !o.Spawn.Joined || o.Fn.Entry != summary.NoEntry || !o.Fn.Called || t.Many {
		return false, false
	}
	if t.through(o.Fn) {
		return !met(t, o), true
	}
	return true, !t.Beside && t.Path.Root.Kind == domain.Local && o.Fn.Reached.RunsOnlyOn(t.Spawn)
}

// ordered reports whether the goroutines of a and b are apart in time as f sees it, if it knows of both.
func ordered(f *summary.Func, a, b *Touch) (apart, known bool) {
	sa, sb := starts(f, a.Spawn), starts(f, b.Spawn)
	if sa == nil || sb == nil {
		return false, false
	}
	if servedBeside(a, b) || servedBeside(b, a) {
		return false, true
	}
	return !(domain.HasSym(sa.Running, sb.Site) || domain.HasSym(sb.Running, sa.Site) ||
		a.runs(sb.Site) || b.runs(sa.Site)), true
}

// inOneLife reports whether the goroutines of a and b are apart in time because both are part of what one function does: it starts the one when the other is
// over, be it through functions that it calls.
func inOneLife(a, b *Touch) bool {
	oa, ob := a.Fn.Owners[a.Spawn.Pos], b.Fn.Owners[b.Spawn.Pos]
	if oa == nil || ob == nil {
		return false
	}
	if oa == ob {
		apart, known := ordered(oa, a, b)
		return known && apart
	}
	return comesAndGoes(oa, a, ob, b) || comesAndGoes(ob, b, oa, a)
}

// comesAndGoes reports whether the goroutine of a is over when its owner returns, and the owner is only called on the way from that of b, never while the
// goroutine of b may be running.
func comesAndGoes(owner *summary.Func, a *Touch, of *summary.Func, b *Touch) bool {
	sp := starts(owner, a.Spawn)
	return sp != nil && sp.Joined && !calledBeside(owner, of, b.Spawn, map[*summary.Func]bool{})
}

// calledBeside reports whether f may be called while a goroutine of sp is running, or otherwise than by the function that this belongs to.
func calledBeside(f, owner *summary.Func, sp *domain.Spawn, seen map[*summary.Func]bool) bool {
	if seen[f] {
		return false
	}
	seen[f] = true
	if !f.Hidden() {
		return true
	}
	for i := range f.Callers {
		c := &f.Callers[i]
		if c.Runs(sp) || c.Fn != owner && calledBeside(c.Fn, owner, sp, seen) {
			return true
		}
	}
	return false
}
