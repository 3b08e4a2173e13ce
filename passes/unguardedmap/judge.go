package unguardedmap

import (
	"cmp"
	"go/token"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/domain"
	"github.com/mapguard/mapguard/internal/pairs"
	"github.com/mapguard/mapguard/internal/summary"
)

// judge returns the racing pairs of tier race: two concrete accesses, a concrete goroutine for one of them, and the writer on it or after
// its start in code that we see. A setter that only some caller runs beside a reading worker is not among them.
//
// Each touch occurs as a in at most one pair: the first partner is as good as the tenth.
func (r *reporter) judge(g pairs.Group, local bool, same func(a, b *pairs.Touch) bool) []pairs.Pair {
	return r.racing(g, local, same, func(a, b *pairs.Touch) bool {
		return evident(a, b) && !r.talked(a, b) && !r.talked(b, a)
	})
}

// byHabit reports whether t is in a function that is exported by habit: the package itself calls it, and only with a lock held that keeps it from o.
func (r *reporter) byHabit(t, o *pairs.Touch) bool {
	loc := t.Path.Loc()
	return loc != 0 && r.callers.ByHabit(t, loc, func(c *pairs.Touch) (held, sure bool) {
		return domain.Excluded(c.Access, o.Access), !c.Locks.Unsure() && !o.Locks.Unsure()
	})
}

// racing returns the racing pairs, of what is the same memory, that enough is seen of.
func (r *reporter) racing(g pairs.Group, local bool, same, enough func(a, b *pairs.Touch) bool) []pairs.Pair {
	if !local && !slices.ContainsFunc(g.Touches, func(t *pairs.Touch) bool { return t.Kind.ContentWrite() }) {
		return nil // a variable that is only replaced, with no lock anywhere, is copy-on-write
	}
	var out []pairs.Pair
	index := pairs.NewIndex(g)
	for i, a := range g.Touches {
		if !local && !a.Kind.Content() {
			continue
		}
		for b := range index.From(i) {
			if a.OfRequest() && b.OfRequest() {
				continue
			}
			if local && r.setThere(a) && r.setThere(b) {
				continue // as for an object of ours
			}
			if a == b && !a.Many && !(a.Fn.Entry == summary.Served && !local) || !local && a != b && (a.Fresh || b.Fresh) && !fillsInPlace(g, a, b) && !fillsInPlace(g, b, a) {
				continue // of two that run at once and put a new map into one variable, each may get the other's
			}
			if !domain.MayRace(a.Access, b.Access) || !same(a, b) || !enough(a, b) || r.byHabit(a, b) || r.byHabit(b, a) || !strict && pairs.Staged(a, b) || !pairs.Parallel(a, b) || !r.reached(a) || !r.reached(b) {
				continue
			}
			if domain.OnlyReadLocked(a.Access, b.Access) {
				continue // there is a lock, held in the wrong mode: that is rlockwrite's to say
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

// fillsInPlace reports whether a fills a map that it has put where b finds it, on a goroutine or beside that of b. One that gets the object by value has the map that was there.
func fillsInPlace(g pairs.Group, a, b *pairs.Touch) bool {
	if !a.Fresh || !a.Kind.ContentWrite() || b.Fresh || (a.Spawn == nil || a.Spawn.Kind.Registered()) && !a.Follows(b) {
		return false
	}
	return slices.ContainsFunc(g.Touches, func(t *pairs.Touch) bool {
		return t.Kind == domain.Load && t.In() == b.In() && t.Spawn == b.Spawn && t.Path == b.Path
	})
}

// setThere reports whether another package sets or reads the variable that holds a map of an object of its own. What it puts there anew each time is
// copy-on-write, and how it orders that is told by locks and states of which we see a part: it is judged there.
func (r *reporter) setThere(t *pairs.Touch) bool {
	return !t.Kind.Content() && t.Path.Loc() != 0 && !r.res.At(t.Pos).IsValid()
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

// meetsWorker reports whether one of a and b writes beside a worker that was running before.
func (r *reporter) meetsWorker(a, b *pairs.Touch) bool {
	return r.madeRunning(a, b) || r.madeRunning(b, a)
}

// madeRunning reports whether a writes, in a function that others call, to an object of which b is on a goroutine that the constructor has started, or to a package
// variable beside a goroutine that initialisation has started: that is running whenever anybody comes. One that has waited for something of this package, or was
// started by another goroutine, may be there because of what the writer's caller has done since; a clock waits for nobody.
func (r *reporter) madeRunning(a, b *pairs.Touch) bool {
	if a.Spawn != nil || a.Fn.Entry != summary.Exported && a.Fn.Entry != summary.Uncalled || !a.Kind.ContentWrite() {
		return false
	}
	if b.Spawn == nil || b.Spawn.Kind.Registered() || slices.ContainsFunc(b.Joined, r.isOurs) {
		return false
	}
	switch b.Path.Root.Kind {
	case domain.Local:
		return a.Path.Root.Kind == domain.Param && b.Fn.Summary.Returns(b.Path.Root.Name) && r.startsItself(b)
	case domain.Global:
		return a.Path.Root.Kind == domain.Global && (b.Fn.Entry == summary.Setup || b.Fn.Early) && r.startsItself(b)
	}
	return false
}

// fillsAgain reports whether a writes, in a function that others call, what a worker goes over and then puts another map in place of: who fills a map that a worker
// empties does so while that is running, or it would be emptied once.
func fillsAgain(g pairs.Group, a, b *pairs.Touch) bool {
	if a.Spawn != nil || a.Fn.Entry != summary.Exported && a.Fn.Entry != summary.Uncalled || !a.Kind.ContentWrite() || b.Kind != domain.Iterate || b.Spawn == nil || b.Spawn.Kind.Registered() {
		return false
	}
	return slices.ContainsFunc(g.Touches, func(t *pairs.Touch) bool {
		return t.Kind == domain.Replace && t.Fresh && t.Spawn != nil && t.Spawn.Pos == b.Spawn.Pos && t.Holder == b.Holder
	})
}

// changesInUse tells whether a writes, in a method that others call, to a map of the object into which a worker looks, and from which such methods delete: what others take out again is
// put in and taken out while the object is in use, unlike what is registered before. Who gives the worker what it waits for may know what it is at.
func changesInUse(g pairs.Group) func(a, b *pairs.Touch) bool {
	byOthers := func(t *pairs.Touch) bool {
		return t.Spawn == nil && !t.Fn.InTest && (t.Fn.Entry == summary.Exported || t.Fn.Entry == summary.Uncalled) && t.Kind.ContentWrite() && t.Fn.Method && t.Path.Root.Kind == domain.Param && t.Path.Root.Index == 0
	}
	var deletes []*pairs.Touch
	for _, t := range g.Touches {
		if t.Kind == domain.Delete && byOthers(t) && len(deletes) < maxDeletes {
			deletes = append(deletes, t)
		}
	}
	return func(a, b *pairs.Touch) bool {
		if len(deletes) == 0 || !byOthers(a) || a.Fresh || b.Spawn == nil || b.Spawn.Kind != domain.Go || b.Spawn.Joined || b.Fn == a.Fn || tells(a, b) {
			return false
		}
		return slices.ContainsFunc(deletes, func(t *pairs.Touch) bool { return pairs.SameMemory(t, b) })
	}
}

// tells reports whether the function of a sends what b's goroutine has waited for.
func tells(a, b *pairs.Touch) bool {
	return slices.ContainsFunc(a.Fn.Summary.Signals, func(k domain.Path) bool {
		plain, _ := k.Plain()
		return plain.Loc() != 0 && domain.HasSym(b.Joined, plain.Loc())
	})
}

// maxDeletes bounds the deletions that are set against what workers do: those of one map are mostly of one object.
const maxDeletes = 8

// startsItself reports whether the go statement of t's goroutine stands in the function of t, or in one that it calls, as a constructor does that makes a part, and in none
// of the function literals there.
func (r *reporter) startsItself(t *pairs.Touch) bool {
	at := r.res.At(t.Spawn.Pos)
	seen := map[*ssa.Function]bool{}
	for level := []*ssa.Function{t.Fn.SSA}; at.IsValid() && len(level) > 0; {
		var below []*ssa.Function
		for _, fn := range level {
			in := func(fn *ssa.Function) bool { return summary.Stands(fn, at) }
			if in(fn) {
				return !slices.ContainsFunc(fn.AnonFuncs, in)
			}
			if !seen[fn] && len(seen) < maxBelow {
				seen[fn] = true
				below = append(below, callees(fn)...)
			}
		}
		level = below
	}
	return false
}

// maxBelow bounds the functions below a constructor that are looked at for a go statement: what is further down is a library of its own.
const maxBelow = 64

// callees returns what fn calls by name, on its own goroutine.
func callees(fn *ssa.Function) (out []*ssa.Function) {
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			if call, ok := instr.(*ssa.Call); ok && call.Call.StaticCallee() != nil {
				out = append(out, call.Call.StaticCallee())
			}
		}
	}
	return out
}

func (r *reporter) isOurs(loc domain.Sym) bool {
	return strings.HasPrefix(loc.String(), r.res.Path+".")
}

// unguarded returns the touches that miss the guard while a conflicting one can overlap: tier inconsistent. The guard stands in for
// the goroutine as evidence, for the map it guards only.
func (r *reporter) unguarded(g *guarded) []pairs.Pair {
	var out []pairs.Pair
	loose := r.res.Loose(g.Loc, g.guard.Loc)
	content := slices.Clone(g.Touches)
	slices.SortStableFunc(content, func(a, b *pairs.Touch) int { return cmp.Compare(rank(a.Kind), rank(b.Kind)) })
	for _, a := range content {
		if loose && !a.Kind.Writes() {
			continue // who reads then is alone, or so it is said
		}
		if a.Peeks() || !g.guards(a) || g.guard.Taken && !a.Kind.Writes() && a.TakenUnder(g.guard.Loc) {
			continue
		}
		if mode, sure := g.mode(a); !sure || mode != 0 || pairs.Setup(a) || g.heldByOthers(a) {
			continue
		}
		if g.guard.Most && g.mayPrepare(a) {
			continue
		}
		for _, b := range g.against(a.Kind) {
			if domain.MayRace(a.Access, b.Access) && !pairs.Distinct(a, b) && !g.keptApart(a, b) && pairs.Overlap(a, b) && !pairs.WritesAlone(a, b) && r.reached(a) && r.reached(b) {
				out = append(out, pairs.Pair{A: a, B: b})
				break
			}
		}
	}
	return out
}

// given returns the functions that return the map itself, without the guard, to code that is not seen, while others write it in place: the caller touches it when
// they do. Who can hold the guard itself is left alone, as for a lock that is exported.
func given(g *guarded) []pairs.Pair {
	var out []pairs.Pair
	for _, a := range g.Given {
		if g.guard.Most || token.IsExported(g.guard.Loc.Name()) || a.Fn.Entry != summary.Exported || a.Fn.Lent != 0 || pairs.Setup(a) || g.heldByOthers(a) {
			continue
		}
		if mode, sure := g.guard.Mode(a.Access); !sure || mode != 0 {
			continue
		}
		for _, b := range g.against(a.Kind) {
			if mode, _ := g.mode(b); mode != 0 && domain.MayRace(a.Access, b.Access) && pairs.Overlap(a, b) {
				out = append(out, pairs.Pair{A: a, B: b})
				break
			}
		}
	}
	return out
}

// handedOut returns the functions that return the map itself to code that is not seen, where nothing guards it and a goroutine in sight writes it.
func handedOut(g pairs.Group) []pairs.Pair {
	var out []pairs.Pair
	for _, a := range g.Given {
		if a.Fn.Entry != summary.Exported || a.Fn.Lent != 0 || a.Spawn != nil || pairs.Setup(a) {
			continue
		}
		for _, b := range g.Touches {
			if b.Thread() && b.Kind.ContentWrite() && domain.MayRace(a.Access, b.Access) && pairs.SameMemory(a, b) && pairs.Parallel(a, b) {
				out = append(out, pairs.Pair{A: b, B: a})
				break
			}
		}
	}
	return out
}

// letGo returns the maps that a function has made and returns while a goroutine of its own may still write them: whoever called it reads them.
func letGo(g pairs.Group) []pairs.Pair {
	for _, a := range g.Given {
		for _, b := range g.Touches {
			if b.Spawn != nil && !b.Spawn.Kind.Registered() && b.Kind.ContentWrite() && domain.MayRace(a.Access, b.Access) && pairs.Parallel(a, b) {
				return []pairs.Pair{{A: b, B: a}}
			}
		}
	}
	return nil
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
