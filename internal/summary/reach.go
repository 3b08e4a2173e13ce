package summary

import (
	"cmp"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/domain"
)

// Reached says on which goroutines a function runs, over all calls in the package. Accesses that hold their lock are judged with it where the lock
// is held, instead of being carried up to every entry point.
type Reached struct {
	Entry    bool      // by entry points that are called concurrently, on the caller's goroutine
	Callback bool      // by callbacks of another package
	Main     bool      // by main or init, while goroutines are running
	Spawns   []SpawnAt // on goroutines started in this package
	During   []SpawnAt // while goroutines that callers have started, and wait for later, are running
	// Via is the goroutine, started and waited for by callers, on which it runs wherever callers' goroutines lead to it; nil if it runs on theirs.
	Via *domain.Spawn
	// Held holds the locks that every caller holds, of some instance (must). An access that is judged where it is settled has them, too.
	Held domain.Lockset
	// HeldForTheirs is Held for calls of a method on an object that others may have, too: not on one that the caller has just made. It says more, of what is the object's own.
	HeldForTheirs domain.Lockset
	// Theirs holds the parameters and captured variables (a bit each, see passes) in which entry points pass what others may have, too: not what a caller has
	// just made, and given to nobody.
	Theirs uint64
	// Stray: by a function that is handed on as a value, on we don't know which goroutine. Only some checks want to know: it is weak evidence.
	Stray bool
}

// SpawnAt is a spawn with the function that has it.
type SpawnAt struct {
	Fn    *Func
	Spawn *domain.Spawn
	// Via is the goroutine, started and waited for by that of Spawn, on which the function really runs; nil if it is Spawn's own.
	Via *domain.Spawn
	// theirs holds the formals in which the goroutine passes what others may have, too, as Reached.Theirs does, and common those in which several goroutines of the
	// site pass one thing.
	theirs, common uint64
	as             instances // what the formals are, in the names of Fn
	known          bool      // something is known of that, if only for no formal
}

// Common reports whether several goroutines of the site have the memory at r in common: a package variable, or what they pass in that parameter or captured variable.
func (s *SpawnAt) Common(r *domain.Root) bool {
	switch r.Kind {
	case domain.Param, domain.FreeVar:
		return s.common&bit(formalOf(r)) != 0
	case domain.Global:
		return s.common&manyBit != 0
	}
	return false
}

// Gets reports whether the goroutine passes what others may have in the parameter i.
func (s *SpawnAt) Gets(i int16) bool { return s.theirs&bit(i) != 0 }

// maxReached bounds the spawns kept for a function.
const maxReached = 8

// edge is a call of one function of this package by another.
type edge struct {
	from, to *ssa.Function
	site     domain.Sym // 0: on the caller's goroutine
}

// calls notes a call, what is running then and which locks are held, while accesses are collected.
//
// What the caller owns is given by own, nil if that is not known. If it is started, several tells the formals that more than one of the goroutines has.
func (f *function) calls(out *collector, t target, site domain.Sym, running []domain.Sym, at *domain.Context, own *state, several uint64) {
	if out != nil && t.fn != nil {
		f.passOn(t)
		e := edge{f.fn, t.fn, site}
		held := callLocks{at.Locks.SomeInstance(), at.Dropped}
		if _, known := f.u.edges[e]; known {
			held.held = held.held.Common(f.u.held[e].held)
			held.dropped = domain.UnionPaths(held.dropped, f.u.held[e].dropped)
		}
		f.u.held[e] = held
		passed := f.passes(t, own)
		passed.several = several
		f.u.passes[e] = f.u.passes[e].with(passed)
		f.u.edges[e] = domain.UnionSyms(f.u.edges[e], running)
	}
}

// callLocks says which locks the caller holds at all calls of an edge, of some instance, and which of its own callers' it may have given up.
type callLocks struct {
	held    domain.Lockset
	dropped []domain.Path
}

// reach propagates from the entries along the calls until nothing changes.
func (u *unit) reach(byFn map[*ssa.Function]*Func) {
	edges := make([]edge, 0, len(u.edges))
	for e := range u.edges {
		if byFn[e.from] != nil && byFn[e.to] != nil {
			edges = append(edges, e)
		}
	}
	slices.SortFunc(edges, func(a, b edge) int {
		return cmp.Or(cmp.Compare(a.from.Pos(), b.from.Pos()), cmp.Compare(a.to.Pos(), b.to.Pos()), strings.Compare(a.site.String(), b.site.String()))
	})
	fromMain := map[*Func]bool{}
	u.strays(byFn, edges)
	for _, f := range byFn {
		switch f.Entry {
		case Exported, Uncalled, Served:
			f.Reached.Entry, fromMain[f] = !f.Registers, f.Registers
			f.Reached.Theirs = ^uint64(0)
		case Callback:
			f.Reached.Callback = true
		case Main, Setup:
			fromMain[f] = true
		}
	}
	u.holdAll(byFn, edges)
	u.owners(byFn, edges)
	settle(edges, byFn, func(e edge, from, to *Func) (changed bool) {
		sp := from.Summary.Spawn(e.site)
		if sp != nil {
			changed = add(&to.Reached.Spawns, SpawnAt{Fn: from, Spawn: sp, theirs: ^uint64(0), common: u.passes[e].several})
			if !sp.Joined {
				return changed
			}
		}
		changed = to.Reached.inherit(&from.Reached, sp, u.passes[e], to.letsOut()) || changed
		if theirs := u.passes[e].theirs(from.Reached.Theirs); from.Reached.Entry && to.Reached.Theirs|theirs != to.Reached.Theirs {
			to.Reached.Theirs, changed = to.Reached.Theirs|theirs, true
		}
		if sp == nil {
			changed = to.Reached.beside(from, u.edges[e]) || changed
		}
		if fromMain[from] {
			if len(u.edges[e]) > 0 && !to.Reached.Main {
				to.Reached.runOn(sp)
				to.Reached.Main, changed = true, true
			}
			if !fromMain[to] {
				fromMain[to], changed = true, true
			}
		}
		return changed
	})
	u.findInstances(byFn, edges)
}

// settle applies step to the calls, in their order, until nothing changes. step reports whether it has changed what is known of the callee. What it says depends on the
// caller alone, so that calls whose caller is as it was are passed over.
func settle(edges []edge, byFn map[*ssa.Function]*Func, step func(e edge, from, to *Func) (changed bool)) {
	type call struct {
		from, to *Func
		done     int // when it was looked at
	}
	calls := make([]call, len(edges))
	for i, e := range edges {
		calls[i] = call{from: byFn[e.from], to: byFn[e.to]}
	}
	now, changed := 0, map[*Func]int{} // when each last changed
	for more := true; more; {
		more = false
		for i := range calls {
			c := &calls[i]
			if c.done > changed[c.from] {
				continue
			}
			now++
			c.done = now
			if step(edges[i], c.from, c.to) {
				changed[c.to], more = now, true
			}
		}
	}
}

// RunsOnlyOn reports whether the function runs on the goroutines of that site alone.
func (r *Reached) RunsOnlyOn(sp *domain.Spawn) bool {
	return r.runsOnly(func(s SpawnAt) bool { return s.Spawn.Site == sp.Site })
}

// StartsOnlyAt reports whether the function runs on goroutines alone that start at pos, in whatever part of them: after a signal the site has another name.
func (r *Reached) StartsOnlyAt(pos domain.Pos) bool {
	return r.runsOnly(func(s SpawnAt) bool { return s.Spawn.Pos == pos })
}

func (r *Reached) runsOnly(on func(SpawnAt) bool) bool {
	return len(r.Spawns) > 0 && !r.Cut() && !r.onCallers() && !r.Stray && !slices.ContainsFunc(r.Spawns, func(s SpawnAt) bool { return !on(s) })
}

// Cut reports whether there may be more spawns than are kept.
func (r *Reached) Cut() bool { return len(r.Spawns) >= maxReached }

// add adds s, and reports whether it says something new.
func add(set *[]SpawnAt, s SpawnAt) bool {
	for i := range *set {
		if old := &(*set)[i]; old.Fn == s.Fn && old.Spawn == s.Spawn && old.Via == s.Via {
			theirs, common := old.theirs|s.theirs, old.common|s.common
			changed := theirs != old.theirs || common != old.common
			old.theirs, old.common = theirs, common
			return changed
		}
	}
	if len(*set) >= maxReached {
		return false
	}
	*set = append(*set, s)
	return true
}

// beside adds what is running at a call by from, and what was running when from was called.
func (r *Reached) beside(from *Func, running []domain.Sym) bool {
	changed := false
	for _, site := range running {
		if sp := from.Summary.Spawn(site); sp != nil && sp.Joined {
			changed = add(&r.During, SpawnAt{Fn: from, Spawn: sp}) || changed
		}
	}
	for _, s := range from.Reached.During {
		changed = add(&r.During, s) || changed
	}
	return changed
}

// letsOut returns the formals whose memory others may have when f is done: what it does to them may be done after it has put them where others find them.
func (f *Func) letsOut() (out uint64) {
	for _, p := range slices.Concat(f.Summary.Publishes, f.Summary.Gives) {
		if p.Root.Kind == domain.Param || p.Root.Kind == domain.FreeVar {
			out |= bit(formalOf(&p.Root))
		}
	}
	for i := range f.Summary.Puts {
		out |= bit(int16(f.Summary.Puts[i].Param))
	}
	return out
}

// inherit adds how a function is reached that from calls, on the goroutine sp if that is not nil, which passes that and lets out those formals.
func (r *Reached) inherit(from *Reached, sp *domain.Spawn, passed passes, out uint64) bool {
	changed := r.via(from, sp)
	changed = changed || from.Entry && !r.Entry || from.Callback && !r.Callback || from.Main && !r.Main || from.Stray && !r.Stray
	r.Entry, r.Callback = r.Entry || from.Entry, r.Callback || from.Callback
	r.Main, r.Stray = r.Main || from.Main, r.Stray || from.Stray
	for _, s := range from.Spawns {
		if sp != nil {
			s.Via = sp
		}
		// What the goroutine has made may lead to what others have: a new connection to its server.
		s.theirs, s.common = passed.theirs(s.theirs)|passed.parts|out, passed.common(s.common)
		changed = add(&r.Spawns, s) || changed
	}
	return changed
}

// via merges the goroutine on which calls that are reached as from is lead to the function.
func (r *Reached) via(from *Reached, sp *domain.Spawn) bool {
	if !from.onCallers() {
		return false
	}
	if sp == nil {
		sp = from.Via
	}
	return r.runOn(sp)
}

// runOn notes that callers' goroutines lead to the function on that goroutine of theirs, nil for the caller's own.
func (r *Reached) runOn(sp *domain.Spawn) (changed bool) {
	old := r.Via
	if !r.onCallers() {
		r.Via = sp
	} else if old != sp {
		r.Via = nil
	}
	return r.Via != old
}

func (r *Reached) onCallers() bool { return r.Entry || r.Callback || r.Main }

// strays marks the functions that nobody in sight calls, though the package mentions them.
func (u *unit) strays(byFn map[*ssa.Function]*Func, edges []edge) {
	called := map[*ssa.Function]bool{}
	for _, e := range edges {
		called[e.to] = true
	}
	for fn, f := range byFn {
		f.Stray = f.Entry == NoEntry && !called[fn] && !f.InTest
		f.Reached.Stray = f.Stray
	}
}

// holdAll finds the locks that are held at all calls of a function, and at all that are made for an object which others may have, too. Tests that call a
// function of the product are on their own, and know what they do.
func (u *unit) holdAll(byFn map[*ssa.Function]*Func, edges []edge) {
	held := func(f *Func) *domain.Lockset { return &f.Reached.Held }
	forTheirs := func(f *Func) *domain.Lockset { return &f.Reached.HeldForTheirs }
	all := u.hold(byFn, edges, held, func(edge) bool { return false }, nil)
	theirs := u.hold(byFn, edges, forTheirs, func(e edge) bool {
		p := u.passes[e]
		return p.shared&bit(0) == 0 && !p.gets(0) && byFn[e.to].letsOut()&bit(0) == 0
	}, all)
	for _, f := range byFn {
		if !theirs[f] {
			f.Reached.HeldForTheirs = f.Reached.Held // it is called for what the caller has made alone
		}
	}
}

// hold is holdAll for one of the two, and returns for which functions it was set. Calls that are left out say nothing of it. Only a method that calls another one of its
// object passes on what holds for that; of all other calls it is said by what was found of all calls, in the functions in all.
func (u *unit) hold(byFn map[*ssa.Function]*Func, edges []edge, of func(*Func) *domain.Lockset, leftOut func(edge) bool, all map[*Func]bool) map[*Func]bool {
	known := map[*Func]bool{} // until then it is all locks
	for _, f := range byFn {
		known[f] = f.Entry != NoEntry || f.Stray
	}
	settle(edges, byFn, func(e edge, from, to *Func) bool {
		above, set := *of(from), known[from]
		if all != nil && !u.passes[e].onlyReceiver() {
			above, set = from.Reached.Held, all[from]
		}
		if from.InTest && !to.InTest || e.site == 0 && !set || leftOut(e) {
			return false
		}
		held := u.held[e].held
		if e.site == 0 {
			held = held.Union(above.Besides(u.held[e].dropped))
		}
		if known[to] {
			held = held.Common(*of(to))
		}
		if known[to] && slices.Equal(held, *of(to)) {
			return false
		}
		*of(to), known[to] = held, true
		return true
	})
	return known
}
