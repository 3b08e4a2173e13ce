package summary

import (
	"cmp"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/domain"
)

// imported records the accesses of a callee, seen from here. One of each sort is kept: another one in the same function under the same
// locks says nothing new.
func (c *collector) imported(st *state, v *view, e *env, at domain.Context) {
	places := c.f.u.placesFor(len(v.terms))
	c.chains = map[chainKey][]domain.Frame{}
	for i := range v.sum.Accesses {
		a := &v.sum.Accesses[i]
		if inner := v.terms[v.termsOf[i]]; c.open >= c.most() && e.spawn == nil && len(at.Locks)+len(inner.Locks) == 0 && at.Site == 0 && inner.Site == 0 {
			c.cut++ // callers would be told of it, and there is no room for that
			continue
		}
		if e.guesses(&a.Path) {
			continue
		}
		memory := e.memory(a)
		if len(memory) == 0 {
			continue
		}
		ctx := &places[v.termsOf[i]]
		if !ctx.composed {
			if c.full(a, memory, e, &at) {
				c.cut++
				continue
			}
			*ctx = c.place(st, v.terms[v.termsOf[i]], e, &at.Terms)
		}
		of, arg := importing{Access: a, env: e, ctx: ctx, at: &at, key: e.keyOf(a), full: v.full}, e.argument(&a.Path)
		for i := range memory {
			of.by = cmp.Or(memory[i].in, arg)
			c.importAt(st, &of, memory[i].paths, e.lostOf(a, &memory[i], ctx.Locks))
		}
	}
}

// importing is an access of a callee, and where it is seen from.
type importing struct {
	*domain.Access
	env  *env
	ctx  *placed
	at   *domain.Context
	key  int8
	by   ssa.Value       // what the memory was reached by
	full *domain.Summary // of the callee
}

// importAt records an access of a callee to the memory at the paths.
func (c *collector) importAt(st *state, a *importing, paths, under []domain.Path) {
	for _, p := range paths {
		own := a.ctx.Site == 0 && st != nil && st.owned(&p)
		if own && !besideOwn(a.full, a.Access) {
			continue
		}
		many := a.ctx.Many && !a.env.own(&a.Path) || !a.ctx.turns && (a.env.parallel(a.Access) || a.env.copied(&a.Path, &p))
		heard := a.ctx.Site == 0 && st != nil && st.heardOnly(&p)
		names := c.f.aliases
		if a.Own {
			names = c.f.putNames // what the callee has made is none of what is seen to be put there here
		}
		for _, q := range names(p, a.Kind, paths) {
			if (own || heard) && q.Root.Kind != domain.Local {
				continue // not put there yet
			}
			c.importOne(a, q, under, many, c.f.isPlaced(&q, &p, paths))
		}
	}
}

// memory returns the memory here that an access of the callee touches: under which locks it was taken is said of what was found in a value only. What
// is returned is overwritten by the next call.
func (e *env) memory(a *domain.Access) []held {
	if value, how := a.Path.Shown(); how != 0 {
		return e.shown(&value, how)
	}
	if unchanged(&a.Path) {
		e.same[0] = a.Path
		e.one[0] = held{paths: e.same[:]}
		return e.one[:]
	}
	if paths := e.translate(&a.Path, !a.Kind.Content()); len(paths) > 0 {
		e.one[0] = held{paths: paths}
		return e.one[:]
	}
	return nil
}

// full reports whether there is no room for an access of a callee, of these paths, whatever its context is: to compose that is most of the work.
func (c *collector) full(a *domain.Access, memory []held, e *env, at *domain.Context) bool {
	if e.spawn != nil {
		return false
	}
	site := at.Site
	if a.Site != 0 {
		site = e.site(a.Site)
	}
	room := func(p domain.Path) bool {
		return p.Root.Kind == domain.Local || c.kept[keptKey{p.Loc(), a.Kind.Class(), site, 0}] < maxSame
	}
	return !slices.ContainsFunc(memory, func(m held) bool { return slices.ContainsFunc(m.paths, room) })
}

// placed are terms of a callee on those of its call.
type placed struct {
	domain.Terms
	composed bool
	kept     [2]*domain.Terms // what accesses have of them: on goroutines beside others of the site or not
	st       *state           // at the call, nil on another goroutine
	id       int
	own      []domain.Path // locks that each goroutine of the site has for itself
	// since holds the goroutines of the callee that may be running.
	since []domain.Sym
	// turns: it runs where one thing after another is run, however many goroutines have something run there.
	turns bool
}

// placesFor returns room for n terms, until it is asked for again: there are hundreds of thousands of calls.
func (u *unit) placesFor(n int) []placed {
	if cap(u.places) < n {
		u.places = make([]placed, n)
	}
	out := u.places[:n]
	clear(out)
	return out
}

func (c *collector) place(st *state, inner *domain.Terms, e *env, at *domain.Terms) placed {
	out := placed{composed: true, Terms: compose(e, inner, at), st: st, since: e.siteSet(inner.Running)}
	out.id = c.f.u.termsID(&out.Terms)
	if e.spawn != nil && inner.Site == 0 {
		out.own = e.spawn.ownLocks(e, inner)
	}
	if sp := c.f.spawns[out.Site]; inner.Site != 0 && sp != nil {
		out.turns = sp.SharesTurn()
	}
	return out
}

// as returns the terms for an access that happens beside itself or not.
func (p *placed) as(many bool) *domain.Terms {
	i := 0
	if many {
		i = 1
	}
	if p.kept[i] == nil {
		p.kept[i] = p.Changed(func(t *domain.Terms) {
			if t.Many = many; many {
				for i := range p.own {
					t.Locks = t.Locks.Without(&p.own[i])
				}
			}
		})
	}
	return p.kept[i]
}

func (c *collector) importOne(a *importing, p domain.Path, under []domain.Path, many, isPlaced bool) {
	ctx, at := a.ctx, a.at
	acc := domain.Access{Terms: ctx.as(many), Pos: a.Pos, Path: p, Kind: a.Kind, Fresh: a.Fresh, Beside: a.Beside, Own: a.Own || isPlaced, Under: under}
	if acc.Site == 0 && ctx.st != nil {
		acc.Kept, acc.Heard = ctx.st.kept(&p), ctx.st.heardOnly(&p)
	}
	acc.Key = a.key
	_, shown := a.Path.Shown()
	if _, still := p.Shown(); shown != 0 && still == 0 {
		acc.Pos = at.Chain[0].Pos // the call hands the map over
	}
	stays := acc.Settled() || acc.Site != 0 && (acc.Path.Root.Kind == domain.Global || acc.Path.Root.Kind == domain.Unknown)
	if !c.room(stays) {
		c.cut++
		return
	}
	if acc.Kind.Writes() && len(acc.Locks) > 0 {
		acc.Chain = c.chain(a.Access, at) // which domain.Access.Section looks at
	}
	t := c.turn(a.by, &acc)
	t.since = ctx.since
	if !c.isNew(&acc, ctx.id, domain.Pos{}, &t) {
		return
	}
	kept := keptKey{p.Loc(), acc.Kind.Class(), acc.Site, 0}
	if acc.Site == at.Site && at.Site != 0 {
		kept.runs = at.Chain[0].Func
	}
	if c.kept[kept] >= maxSame {
		c.cut++
		return
	}
	if acc.Pos == a.Pos {
		acc.Chain = c.chain(a.Access, at)
	}
	c.kept[kept]++
	if stays {
		c.settled++
	} else {
		c.open++
	}
	c.add(acc, t)
}

// chain returns the calls that lead to an access of a callee. That of a goroutine begins where it was started, if that is in this package.
func (c *collector) chain(a *domain.Access, at *domain.Context) []domain.Frame {
	if a.Site != 0 && c.f.u.ours(a.Pos) {
		return a.Chain
	}
	var key chainKey
	if len(a.Chain) > 0 {
		key = chainKey{&a.Chain[0], len(a.Chain)}
	}
	chain, ok := c.chains[key]
	if !ok {
		chain = c.f.u.joinChain(at.Chain, a.Chain)
		c.chains[key] = chain
	}
	return chain
}

// joinChain returns the calls of outer and then of inner. Where they are too many, those within other packages go first, but for the innermost, and then those before the last: the outermost
// tell who comes there, and where this package calls another one that touches the memory it is told of.
func (u *unit) joinChain(outer, inner []domain.Frame) []domain.Frame {
	n := len(outer) + len(inner)
	out := append(append(make([]domain.Frame, 0, n), outer...), inner...)
	if n <= domain.MaxChain {
		return out
	}
	last := 1
	if first := slices.IndexFunc(out, func(f domain.Frame) bool { return !u.ours(f.Pos) }); first >= 0 {
		out = slices.Delete(out, first, first+min(n-1-first, n-domain.MaxChain))
		last = 2 // with the call that leads there
	}
	if n = len(out); n > domain.MaxChain {
		out = slices.Delete(out, domain.MaxChain-last, n-last)
	}
	return out
}
