package unguardedmap

import (
	"go/token"
	"slices"

	"github.com/mapguard/mapguard/internal/domain"
	"github.com/mapguard/mapguard/internal/pairs"
	"github.com/mapguard/mapguard/internal/summary"
)

// guarded is a group with its guard, and what is asked for of each touch again and again.
type guarded struct {
	pairs.Group
	guard     domain.Guard
	res       *summary.Result
	callers   *pairs.Callers
	modes     map[*pairs.Touch]holding
	at        map[domain.Pos][]*pairs.Touch
	in        map[string][]*pairs.Touch      // by the function that they stand in, once asked for
	partners  []*pairs.Touch                 // that a touch without the guard may conflict with
	conflicts map[domain.Kind][]*pairs.Touch // see against
	held      []*domain.Path                 // of the variables for which the guard is held somewhere
	locked    map[domain.Sym]bool            // routes, see lockedBy
}

// holding is how a touch holds the guard, see domain.Guard.Mode.
type holding struct {
	mode domain.Mode
	sure bool
}

func newGuarded(g pairs.Group, guard domain.Guard, res *summary.Result, callers *pairs.Callers) *guarded {
	out := &guarded{Group: g, guard: guard, res: res, callers: callers, locked: map[domain.Sym]bool{}, modes: make(map[*pairs.Touch]holding, len(g.Touches)), at: map[domain.Pos][]*pairs.Touch{}, conflicts: map[domain.Kind][]*pairs.Touch{}}
	known := map[domain.Path]bool{}
	for _, t := range g.Touches {
		var h holding
		h.mode, h.sure = guard.Mode(t.Access)
		h.sure = h.sure || out.outside(t)
		out.modes[t] = h
		out.at[t.Pos] = append(out.at[t.Pos], t)
		if h.mode != 0 && !known[t.Path] {
			known[t.Path] = true
			out.held = append(out.held, &t.Path)
		}
		if !out.setsUp(t) && (guard.Owner == 0 || t.Path.Owns(guard.Owner)) && (h.mode != 0 || !guard.Most) {
			out.partners = append(out.partners, t)
		}
	}
	return out
}

// outside reports whether t is what other packages alone do to a part of the guard's owner: an exported method lets the part out, nobody here calls the method that t is in, and who does
// can't hold the guard. Only looks count: what writes may be there to make a part ready that nobody else has yet.
func (g *guarded) outside(t *pairs.Touch) bool {
	fn := t.Fn
	if t.Kind.Writes() || g.guard.Most || fn.Called || fn.Entry != summary.Exported && fn.Entry != summary.Uncalled || fn.Lent != 0 || t.Spawn != nil || t.Locks.UnsureOf(g.guard.Loc) || t.Path.Owns(g.guard.Owner) {
		return false
	}
	return slices.ContainsFunc(fn.Wholes, func(whole domain.Path) bool {
		p := whole.Join(&t.Path)
		return p.Owns(g.guard.Owner)
	}) && !g.res.MayHold(g.guard.Loc, t.Path.Root.Type)
}

// against returns the partners that conflict with a touch of that kind, in their order. A variable that is read in thousands of places is most often set
// in none.
func (g *guarded) against(k domain.Kind) []*pairs.Touch {
	out, ok := g.conflicts[k]
	if !ok {
		for _, t := range g.partners {
			if domain.Conflict(k, t.Kind) {
				out = append(out, t)
			}
		}
		g.conflicts[k] = out
	}
	return out
}

func (g *guarded) mode(t *pairs.Touch) (mode domain.Mode, sure bool) {
	h := g.modes[t]
	return h.mode, h.sure
}

// surelyHeld reports whether the guard is held somewhere, and no other lock may be that could be the guard as well.
func (g *guarded) surelyHeld() bool {
	return slices.ContainsFunc(g.Touches, func(t *pairs.Touch) bool { return g.modes[t].sure && g.modes[t].mode != 0 })
}

// guards reports whether the guard is held somewhere for the memory that t touches: not only for that of other objects.
func (g *guarded) guards(t *pairs.Touch) bool {
	if t.Kind.Content() {
		return true
	}
	return slices.ContainsFunc(g.held, func(p *domain.Path) bool { return !domain.Apart(p, &t.Path) }) && !g.aloof(t)
}

// aloof reports whether t touches a variable of an object that is reached as an element of another object's slice or map, such as the accounts in options, while
// nobody takes the guard for one that is reached so. That others take it for objects of the type does not show that these are shared; a comment says it of all.
func (g *guarded) aloof(t *pairs.Touch) bool {
	if said, ok := g.res.Said(g.Loc); g.guard.Owner == 0 || ok && said.Lock == g.guard.Loc {
		return false
	}
	var routes []domain.Sym
	if r := t.Path.RouteTo(g.guard.Owner); r != 0 {
		routes = []domain.Sym{r}
	} else if t.Path.Root.Kind == domain.Local {
		routes = t.Holder.Summary.LetOutBy[t.Path.Root.Name]
	}
	return len(routes) > 0 && !slices.ContainsFunc(routes, g.lockedBy)
}

// lockedBy reports whether the guard is held for an object that is reached by the route, or may be by other packages, which get it.
func (g *guarded) lockedBy(route domain.Sym) bool {
	locked, known := g.locked[route]
	if known {
		return locked
	}
	gets := g.res.Getters(route)
	locked = g.res.LetsOut(route) || slices.ContainsFunc(g.Touches, func(t *pairs.Touch) bool {
		return !t.Fn.InTest && g.guard.HeldOnPath(t.Access) && (t.Path.RouteTo(g.guard.Owner) == route || gets(t.Holder, &t.Path.Root))
	})
	g.locked[route] = locked
	return locked
}

// keptApart reports whether a and b are parts of objects of two types, of which one or the other is behind an interface, and each holds a lock of its own that is not the guard.
// What is held besides, such as a lock that callers take before they call either, does not show that the two have one map.
func (g *guarded) keptApart(a, b *pairs.Touch) bool {
	return g.keepsOwn(a) && g.keepsOwn(b) && g.res.Alternatives(a.Path.Root.Type, b.Path.Root.Type)
}

// keepsOwn reports whether t is a part of what a method or function was given, with a lock of that held that is not the guard.
func (g *guarded) keepsOwn(t *pairs.Touch) bool {
	root := t.Path.Root
	return root.Kind == domain.Param && root.Type != 0 && slices.ContainsFunc(t.Locks, func(l domain.Lock) bool {
		return !l.Maybe && !l.Once && l.Path.Root == root && len(l.Path.Sel()) == 1 && l.Path.Loc() != g.guard.Loc
	})
}

// setsUp is pairs.Setup for the other side of a pair: whoever replaces the map under the guard does not set up.
func (g *guarded) setsUp(t *pairs.Touch) bool {
	if t.Fresh && t.Kind.Content() {
		return true
	}
	if mode, sure := g.mode(t); sure && mode != 0 {
		return false
	}
	return pairs.Setup(t)
}

// heldByOthers reports whether t is the body of an exported function that all its callers in this package call with the guard held: then
// it is a helper that wants the lock held, and is exported by habit. What matters is who calls the function, not which of its accesses is at hand:
// a caller keeps one access of each sort. A caller that is itself called without the lock is judged in those that call it. Other packages can't hold a lock
// that is not exported: with -strict they are taken to call what they can.
func (g *guarded) heldByOthers(t *pairs.Touch) bool {
	if strict && !token.IsExported(g.guard.Loc.Name()) {
		return false
	}
	return g.callers.ByHabit(t, g.Loc, func(o *pairs.Touch) (held, sure bool) {
		mode, sure := g.guard.Mode(o.Access)
		return mode != 0, sure
	})
}

// elect returns the guard that the writers of a map agree on, unless it is there for something else.
func elect(g pairs.Group) domain.Guard {
	var accesses, later []*domain.Access
	for _, t := range g.Touches {
		if t.SpokenFor() || t.Gathered() {
			continue
		}
		accesses = append(accesses, t.Access)
		if !pairs.Setup(t) {
			later = append(later, t.Access)
		}
	}
	guard := domain.ElectGuard(accesses)
	if guard.Incidental(later) {
		return domain.Guard{}
	}
	return guard
}

// mostHeld returns the lock that most places hold where they touch the map, for a map on whose guard the writers don't agree. Tests don't count: they
// look into what nobody else has yet, or any more.
func mostHeld(g pairs.Group, res *summary.Result) domain.Guard {
	var accesses []*domain.Access
	for _, t := range g.Touches {
		if !t.Fn.InTest && !pairs.Setup(t) {
			accesses = append(accesses, t.Access)
		}
	}
	return domain.MostHeld(accesses, res.Sole(g.Loc))
}

// mayPrepare reports whether t may be part of setting the map up: in a function that writes it and never takes the guard around it. If the writers
// don't agree on the guard, such functions are why. A function that only deletes sets nothing up; if the guard has nothing else to guard, it is told of.
func (g *guarded) mayPrepare(t *pairs.Touch) (writes bool) {
	if g.in == nil {
		g.in = map[string][]*pairs.Touch{}
		for _, o := range g.Touches {
			g.in[o.In()] = append(g.in[o.In()], o)
		}
	}
	sole := g.res.Sole(g.Loc) == g.guard.Loc
	for _, o := range g.in[t.In()] {
		if g.modes[o].mode != 0 {
			return false
		}
		writes = writes || o.Kind.Writes() && !(sole && o.Kind.ContentWrite() && o.Kind != domain.Write)
	}
	return writes
}
