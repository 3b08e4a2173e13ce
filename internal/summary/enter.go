package summary

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/domain"
)

// enter applies a summary: its accesses are seen from f, in the context at, and its effects change st. A nil st is that of another
// goroutine, which has no effect here.
func (f *function) enter(st *state, sum *domain.Summary, e *env, at domain.Context, out *collector, depth int) {
	f.touches = f.touches || sum.Touches
	v := f.u.exported(sum)
	sum = v.sum
	e.renameOpen(sum.Calls, at.Chain[0].Pos)
	e.renameInner(sum.Spawns)
	e.noteFirsts(sum.Spawns, at.Locks)
	if e.turns = nil; st != nil && len(sum.Spawns) > 0 {
		e.turns, e.before = f.turnsAt(f.at.Block()), st.running
	}
	if out != nil && len(sum.Accesses) > 0 {
		out.imported(st, v, e, at)
	}
	var running []domain.Sym
	if st != nil {
		running = st.running
	}
	if st != nil && (len(sum.Spawns) > 0 || sum.Serves) {
		f.noteStarted(st, out)
	}
	for i := range sum.Spawns {
		f.adopt(st, &sum.Spawns[i], e, &at)
	}
	if st != nil && sum.Serves {
		f.serve(st)
	}
	if depth == 0 {
		f.nested = [maxNesting]int{}
	}
	for i := range sum.Calls {
		f.supplied(st, v, i, e, &at, out, depth, running)
	}
	if st == nil {
		return
	}
	f.lockEffect(st, sum.LockEffect, e)
	f.signal(st, e.set(sum.Signals))
	st.late = domain.UnionPaths(st.late, e.set(sum.Late))
	f.wait(st, e.set(sum.Joins), true)
	for i := range sum.JoinsIf {
		f.waitIf(st, sum.JoinsIf[i].If, e.content(&sum.JoinsIf[i].Key))
	}
	f.publishArgs(st, sum, e)
}

// turnsAt returns what stands for goroutines of several turns of the loop around b, nil if there is none.
func (f *function) turnsAt(b *ssa.BasicBlock) *spawning {
	if l := f.innermost(b); l != nil {
		return &spawning{f: f, self: true, loop: l}
	}
	return nil
}

// publishArgs publishes what a callee publishes.
func (f *function) publishArgs(st *state, sum *domain.Summary, e *env) {
	for i := range sum.Publishes {
		p := &sum.Publishes[i]
		gives := domain.HasPath(sum.Gives, *p)
		for _, h := range sum.Heard {
			if !gives && h.Path == *p {
				f.publishTo(h.By, func() { f.publishOf(st, p, e) })
			}
		}
		f.starting = !gives
		f.publishOf(st, p, e)
		f.starting = false
	}
	for i := range sum.Puts {
		f.publishPut(st, &sum.Puts[i], e)
	}
}

// publishOf publishes what a callee publishes of what it was given, or returns.
func (f *function) publishOf(st *state, p *domain.Path, e *env) {
	if len(p.Sel()) > 0 || p.Root.Kind == domain.Result {
		f.publishPaths(st, e.content(p))
	} else if a := e.actual(&p.Root); a != nil {
		f.publishArg(st, a)
	}
}

// publishPut publishes what a callee has put somewhere, if others can reach that.
func (f *function) publishPut(st *state, put *domain.Put, e *env) {
	a := e.actual(&domain.Root{Kind: domain.Param, Index: int16(put.Param)})
	to := e.content(&put.At)
	i := slices.IndexFunc(to, func(p domain.Path) bool { return !st.owned(&p) })
	if a == nil || i < 0 {
		return
	}
	f.intoParam = !slices.ContainsFunc(to[i:], func(p domain.Path) bool { return !st.owned(&p) && p.Root.Kind != domain.Param })
	f.publishArg(st, a)
	f.intoParam = false
	if slices.ContainsFunc(to, f.isCommon) {
		st.exposeFresh(a.paths)
	}
}

// isCommon reports whether the memory at p is known to be for several: of the receiver, captured, or of a package variable. An argument, such as that of a constructor, may well be
// the caller's own.
func (f *function) isCommon(p domain.Path) bool {
	return p.Root.Kind == domain.Global || p.Root.Kind == domain.FreeVar || p.Root.Kind == domain.Param && p.Root.Index == 0 && f.fn.Signature.Recv() != nil
}

func (f *function) publishArg(st *state, a *arg) {
	if a.val == nil || !isPlain(a.val.Type()) {
		f.publishPaths(st, a.addr)
		f.publishPaths(st, a.paths)
		f.publishCaptured(st, a.val)
	}
}

// exposeFresh ends the making of maps that hang on what a callee has put where others find it, if no lock is held that would keep them out until it is done.
func (st *state) exposeFresh(given []domain.Path) {
	if len(st.fresh) == 0 || len(st.locks.Sure()) > 0 {
		return
	}
	st.fresh = slices.DeleteFunc(slices.Clone(st.fresh), func(p domain.Path) bool {
		return slices.ContainsFunc(given, func(q domain.Path) bool { return q.Root == p.Root })
	})
}

// adopt makes a goroutine that a callee left running one of f's.
func (f *function) adopt(st *state, sp *domain.Spawn, e *env, at *domain.Context) {
	s := *f.adoption(sp, e, at)
	if st != nil {
		s.When = domain.UnionSyms(s.When, st.when)
	}
	s.First = s.Kind == domain.Go && f.first(&s, at.Locks)
	old := f.spawns[s.Site]
	if old != nil {
		s.First = s.First && old.First
		s.When = domain.MeetSyms(old.When, s.When)
		s.Signals = joinKeys(old.Signals, s.Signals)
		s.Joins = joinKeys(old.Joins, s.Joins)
		s.Running = domain.UnionSyms(old.Running, s.Running)
		s.Touches = s.Touches || old.Touches
	}
	s.Running = domain.UnionSyms(s.Running, at.Running)
	if e.spawn != nil {
		s.Running = domain.UnionSyms(s.Running, e.spawn.running)
	}
	if old == nil {
		old = new(domain.Spawn)
		f.spawns[s.Site] = old
		if s.Kind == domain.Go {
			f.noteLoopStart(s.Site)
		}
	}
	*old = s
	if st != nil {
		st.expected = without(st.expected, s.Signals)
	}
	if st != nil && !s.Kind.Registered() && !sp.Joined {
		st.fresh = nil
		st.running = domain.InsertSym(st.running, s.Site)
	}
}

type adoptKey struct {
	sp  *domain.Spawn
	pos domain.Pos
}

// adoption returns the spawn of a callee in the names of f. It is the same each time that the solver comes by, so it is kept.
func (f *function) adoption(sp *domain.Spawn, e *env, at *domain.Context) *domain.Spawn {
	key := adoptKey{sp, at.Chain[0].Pos}
	s := f.adopted[key]
	if s == nil {
		s = f.newSpawn()
		*s = *sp
		s.Site, s.Running = e.site(sp.Site), e.siteSet(sp.Running)
		s.Signals, s.Joins = bounded(e.set(sp.Signals)), bounded(e.set(sp.Joins))
		f.adopted[key] = s
	}
	return s
}

// describe completes the spawn at site by what it turns out to run.
func (f *function) describe(site domain.Sym, t target, sum *domain.Summary, e *env) {
	sp := f.spawns[site]
	if sp == nil {
		return
	}
	sp.Func = f.u.targetName(t)
	sp.Touches = sp.Touches || sum.Touches
	signals := e.set(sum.Signals)
	if !sp.Kind.Registered() {
		signals = without(signals, e.set(sum.Late))
	}
	sp.Signals = joinKeys(sp.Signals, signals)
	sp.Joins = joinKeys(sp.Joins, e.set(sum.Awaits))
}

// compose puts terms of a callee on those of its call.
func compose(e *env, inner, at *domain.Terms) domain.Terms {
	joined, keys := e.joined(inner.Joined)
	running := e.f.unjoined(at.Running, joined, keys)
	out := domain.Terms{
		Site:    e.site(inner.Site),
		Many:    inner.Many,
		Forked:  inner.Forked,
		Running: domain.UnionSyms(e.siteSet(inner.Running), running),
		Joined:  joined,
		After:   e.set(inner.After),
		Locks:   e.locks(inner.Locks),
	}
	if inner.Site != 0 {
		return out
	}
	dropped := e.set(inner.Dropped)
	held := at.Locks
	for i := range dropped {
		// Released on some path, or on another one of two instances: not surely held any more, and not surely gone.
		if l, ok := held.Get(&dropped[i]); ok {
			l.Maybe = true
			held = held.Without(&l.Path).With(l)
		}
	}
	out.Site, out.Many, out.Forked = at.Site, inner.Many || at.Many, inner.Forked || at.Forked
	if len(held) > 0 {
		out.Locks = e.f.lockUnion(held, out.Locks)
	}
	out.Joined = domain.UnionSyms(joined, at.Joined)
	out.After = e.union(out.After, at.After)
	out.Dropped = e.union(dropped, at.Dropped)
	if e.spawn != nil {
		out.Site = e.spawn.variant(out.After)
	}
	return out
}

// joined translates what a callee has waited for. keys are those that it knows as a parameter or captured variable.
func (e *env) joined(set []domain.Sym) (out []domain.Sym, keys []domain.Path) {
	if !slices.ContainsFunc(set, isArgument) {
		return set, nil
	}
	for _, s := range set {
		r, ok := s.Index()
		if !ok {
			out = domain.InsertSym(out, s)
			continue
		}
		key := domain.Of(r)
		for _, p := range e.content(&key) {
			keys = append(keys, p)
			if key := p.JoinedKey(); key != 0 {
				out = domain.InsertSym(out, key)
			}
		}
	}
	return out, keys
}

func isArgument(s domain.Sym) bool {
	_, ok := s.Index()
	return ok
}

// unjoined returns the spawns that are still running in a callee which has waited for keys: at the locations, or those given.
func (f *function) unjoined(running, joined []domain.Sym, keys []domain.Path) []domain.Sym {
	if len(joined)+len(keys) == 0 || len(running) == 0 {
		return running
	}
	return slices.DeleteFunc(slices.Clone(running), func(site domain.Sym) bool {
		sp := f.spawns[site]
		return sp != nil && (sp.Over(joined) || slices.ContainsFunc(keys, func(k domain.Path) bool { return hears(sp, k).all(k) }))
	})
}
