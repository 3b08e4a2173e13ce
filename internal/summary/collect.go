package summary

import (
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/domain"
)

// maxAccesses and maxCalls bound a summary, maxSame the accesses of callees to one location in the same way on the same goroutine. What a function does itself is never cut.
const (
	maxAccesses = 400
	maxSame     = 12
	maxInTest   = 100 // a test reaches all that the program does
	maxSettled  = 3   // times as many that callers are not told of
	maxCalls    = 60
)

// collector gathers what a function touches, once its states are known.
type collector struct {
	f        *function
	accesses []domain.Access
	calls    []domain.FuncCall
	seen     map[accessKey]bool
	kept     map[keptKey]int
	open     int // accesses of callees that callers are told of
	settled  int // those that they are not
	cut      int
	turns    []turned                    // in the order of their accesses
	chains   map[chainKey][]domain.Frame // of the callee whose accesses are being recorded, below the call
}

// newCollector returns an empty collector, with the memory that those before it have given back.
func (f *function) newCollector() *collector {
	spare := &f.u.spare
	c := &collector{f: f, accesses: spare.accesses, seen: emptied(spare.seen), kept: emptied(spare.kept)}
	*spare = spareCollector{}
	return c
}

// spareCollector is the memory of a collector that is done: it would be most of the garbage.
type spareCollector struct {
	accesses []domain.Access
	seen     map[accessKey]bool
	kept     map[keptKey]int
}

// done returns the accesses, and keeps the memory for the next function.
func (c *collector) done() []domain.Access {
	out := slices.Clone(c.accesses)
	clear(c.accesses)
	c.f.u.spare = spareCollector{c.accesses[:0], c.seen, c.kept}
	return out
}

// maxReused bounds the maps that are used again: to empty one takes as long as it has become large.
const maxReused = 512

// emptied returns an empty map, m if it may be used again.
func emptied[K comparable, V any](m map[K]V) map[K]V {
	if m == nil || len(m) > maxReused {
		return map[K]V{}
	}
	clear(m)
	return m
}

// chainKey tells chains apart by where they lie: accesses that came with one call share theirs.
type chainKey struct {
	first *domain.Frame
	n     int
}

// keptKey is what accesses of callees are counted by: those of one location must not take the room of all others.
type keptKey struct {
	loc  domain.Sym
	kind domain.Kind
	site domain.Sym
	runs domain.Sym // the function that is started there, of several
}

// accessKey is what makes two accesses the same to everybody but a reader.
type accessKey struct {
	path  domain.Path
	kind  domain.Kind
	fresh bool
	kept  bool
	many  bool
	ctx   int
	pos   domain.Pos // only for accesses of the function itself
	sec   [3]domain.Pos
	under domain.Path     // the first of its locks; two sets that differ in others say the same
	of    ssa.Value       // see collector.turn
	in    *ssa.BasicBlock // where, with of
	since int             // how many of turned.since, with of
}

// access records accesses of the function itself: what says all but when and where.
func (c *collector) access(st *state, pos token.Pos, paths []domain.Path, what domain.Access) {
	var ctx domain.Context
	key := -1
	if len(paths) == 0 && what.Kind.Content() {
		c.f.u.silent(Nameless, pos, "a map that has no name here is %s", what.Kind)
	}
	for i := range paths {
		if paths[i].Root.Kind == domain.Unknown && paths[i].Loc() == 0 && what.Kind.Content() {
			c.f.u.silent(Nameless, pos, "a map that came from code that is not seen is %s", what.Kind)
		}
		if st.owned(&paths[i]) {
			continue
		}
		if key < 0 {
			ctx = c.f.here(st)
			key = c.f.u.contextID(&ctx)
			ctx.Pos = c.f.u.pos(pos)
		}
		for _, p := range c.f.aliases(paths[i], what.Kind) {
			a := what
			a.Context, a.Path, a.Fresh, a.Kept = ctx, p, what.Fresh || domain.HasPath(st.fresh, p), st.kept(&p)
			t := c.turn(reachedBy(c.f.at), &a)
			if c.isNew(&a, key, ctx.Pos, &t) {
				c.add(a, t)
			}
		}
	}
}

// add keeps an access.
func (c *collector) add(a domain.Access, t turned) {
	if t.of != nil {
		c.turns = append(c.turns, t)
	}
	c.accesses = append(c.accesses, a)
}

// imported records the accesses of a callee, seen from here. One of each sort is kept: another one in the same function under the same
// locks says nothing new.
func (c *collector) imported(st *state, v *view, e *env, at *domain.Context) {
	composed := make([]*placed, len(v.ctxs))
	c.chains = map[chainKey][]domain.Frame{}
	for i := range v.sum.Accesses {
		a := &v.sum.Accesses[i]
		if inner := &v.ctxs[v.ctxOf[i]]; c.open >= c.most() && e.spawn == nil && len(at.Locks)+len(inner.Locks) == 0 && at.Site == 0 && inner.Site == 0 {
			c.cut++ // callers would be told of it, and there is no room for that
			continue
		}
		paths := e.translate(&a.Path, !a.Kind.Content())
		ctx := composed[v.ctxOf[i]]
		if ctx == nil {
			if c.full(a, paths, e, at) {
				c.cut++
				continue
			}
			ctx = c.place(st, &v.ctxs[v.ctxOf[i]], e, at)
			composed[v.ctxOf[i]] = ctx
		}
		under, key := e.takenUnder(a, ctx.Locks), e.keyOf(a)
		for _, p := range paths {
			if ctx.Site == 0 && st != nil && st.owned(&p) {
				continue
			}
			many := ctx.Many || !ctx.turns && (e.parallel(&a.Path) || e.copied(&a.Path, &p))
			for _, q := range c.f.aliases(p, a.Kind) {
				c.importOne(a, q, under, key, many, ctx, at, e.argument(&a.Path))
			}
		}
	}
}

// full reports whether there is no room for an access of a callee, of these paths, whatever its context is: to compose that is most of the work.
func (c *collector) full(a *domain.Access, paths []domain.Path, e *env, at *domain.Context) bool {
	if e.spawn != nil {
		return false
	}
	site := at.Site
	if a.Site != 0 {
		site = e.site(a.Site)
	}
	return !slices.ContainsFunc(paths, func(p domain.Path) bool {
		return p.Root.Kind == domain.Local || c.kept[keptKey{p.Loc(), a.Kind.Class(), site, 0}] < maxSame
	})
}

// placed is a context of a callee in the context of its call.
type placed struct {
	domain.Context
	st  *state // at the call, nil on another goroutine
	id  int
	own []domain.Path // locks that each goroutine of the site has for itself
	// since holds the goroutines of the callee that may be running.
	since []domain.Sym
	// turns: it runs where one thing after another is run, however many goroutines have something run there.
	turns bool
}

func (c *collector) place(st *state, inner *domain.Context, e *env, at *domain.Context) *placed {
	out := &placed{Context: compose(e, inner, at), st: st, since: e.siteSet(inner.Running)}
	out.id = c.f.u.contextID(&out.Context)
	if e.spawn != nil && inner.Site == 0 {
		out.own = e.spawn.ownLocks(e, inner)
	}
	if sp := c.f.spawns[out.Site]; inner.Site != 0 && sp != nil {
		out.turns = sp.SharesTurn()
	}
	return out
}

func (c *collector) importOne(a *domain.Access, p domain.Path, under []domain.Path, key int8, many bool, ctx *placed, at *domain.Context, of ssa.Value) {
	acc := domain.Access{Context: ctx.Context, Path: p, Kind: a.Kind, Fresh: a.Fresh}
	acc.Many = many
	acc.Under = under
	acc.Kept = acc.Site == 0 && ctx.st != nil && ctx.st.kept(&p)
	acc.Key = key
	if many {
		for i := range ctx.own {
			acc.Locks = acc.Locks.Without(&ctx.own[i])
		}
	}
	acc.Pos = a.Pos
	stays := acc.Settled() || acc.Site != 0 && (acc.Path.Root.Kind == domain.Global || acc.Path.Root.Kind == domain.Unknown)
	if !c.room(stays) {
		c.cut++
		return
	}
	if acc.Kind.Writes() && len(acc.Locks) > 0 {
		acc.Chain = c.chain(a, at) // which domain.Access.Section looks at
	}
	t := c.turn(of, &acc)
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
	acc.Chain = c.chain(a, at)
	c.kept[kept]++
	if stays {
		c.settled++
	} else {
		c.open++
	}
	c.add(acc, t)
}

// room reports whether the summary has room for one more access of a callee. Settled ones, which are judged here and go no further, have room of their own: the
// lock of a caller high up settles what would else come last.
func (c *collector) room(stays bool) bool {
	if stays {
		return c.settled < maxSettled*c.most()
	}
	return c.open < c.most()
}

// most is how many accesses of callees the summary has room for.
func (c *collector) most() int {
	if c.f.inTest {
		return maxInTest
	}
	return maxAccesses
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
		chain = joinChain(at.Chain, a.Chain)
		c.chains[key] = chain
	}
	return chain
}

// joinChain returns the calls of outer and then of inner. Where they are too many the innermost stays: it tells whose code touches the memory.
func joinChain(outer, inner []domain.Frame) []domain.Frame {
	n := len(outer) + len(inner)
	out := append(append(make([]domain.Frame, 0, n), outer...), inner...)
	if n > domain.MaxChain {
		out[domain.MaxChain-1] = out[n-1]
		out = out[:domain.MaxChain]
	}
	return out
}

func (c *collector) isNew(a *domain.Access, ctx int, pos domain.Pos, t *turned) bool {
	if a.Path.Root.Kind == domain.Unknown && a.Path.Loc() == 0 {
		return false
	}
	key := accessKey{path: a.Path, kind: a.Kind, fresh: a.Fresh, kept: a.Kept, many: a.Many, ctx: ctx, pos: pos, sec: a.Section()}
	if len(a.Under) > 0 {
		key.under = a.Under[0]
	}
	if pos.File == 0 {
		key.kind = a.Kind.Class()
	}
	if t.of != nil {
		key.of, key.in, key.since = t.of, t.at.Block(), len(t.since)
	}
	if c.seen[key] {
		return false
	}
	c.seen[key] = true
	return true
}

// call records the call of a supplied function.
func (c *collector) call(call domain.FuncCall) {
	if len(c.calls) >= maxCalls {
		c.cut++
		return
	}
	key := accessKey{path: call.Path, many: call.Many, ctx: c.f.u.contextID(&call.Context), kind: 255}
	if !c.seen[key] {
		c.seen[key] = true
		c.calls = append(c.calls, call)
	}
}

// contextID numbers the contexts that differ in more than place.
func (u *unit) contextID(c *domain.Context) int {
	key := c.Key()
	id, ok := u.contexts[key]
	if !ok {
		id = len(u.contexts)
		u.contexts[key] = id
	}
	return id
}

// contents returns, for each piece of local memory, what local memory was put into it.
func (f *function) contents() map[domain.Sym][]domain.Sym {
	f.scanStores()
	return f.inside
}

// aliases returns the names of the memory at p: its own and, if it was made here and put somewhere others can reach, that.
func (f *function) aliases(p domain.Path, kind domain.Kind) []domain.Path {
	out := []domain.Path{p}
	if p.Root.Kind != domain.Local || !kind.Content() {
		return out
	}
	f.scanStores()
	for range 3 {
		q, ok := f.through(p)
		if !ok || q.Root.Kind != domain.Local || q.Loc() != p.Loc() {
			break
		}
		p = q
		// Named as a part it hangs on no outer object any more, and tells other functions nothing: whoever locks the outer one guards it.
		q.Root.Type = 0
		out = addPath(out, q)
	}
	for _, q := range f.alias[p.Root.Name] {
		out = addPath(out, q.Join(&p))
	}
	return out
}
