package summary

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/domain"
	"github.com/mapguard/mapguard/internal/models"
)

const tryEffect = models.Try

// call applies a call to st. What is known of the callee comes through a pipe, and the first that knows wins: the models, the summary of
// a function of this package or of an imported one, and for the rest the default, which is angelic: no accesses, no change
// of locks, and function arguments run now, on this goroutine.
func (f *function) call(st *state, c *ssa.CallCommon, instr ssa.Instruction, res ssa.Value, out *collector) {
	if b, ok := c.Value.(*ssa.Builtin); ok {
		f.builtin(st, b.Name(), c.Args, instr.Pos(), out)
		return
	}
	known, dynamic := f.targets(c)
	for _, v := range dynamic {
		f.callDynamic(st, v, c, instr, out)
	}
	if len(known) == 0 {
		if len(dynamic) == 0 {
			f.unseen(st, c.Args, "a function value", instr.Pos(), out)
		}
		f.callUnlocker(st, c.Value)
		return
	}
	here := f.here(st)
	before := *st
	for i, t := range known {
		branch := before
		f.callTarget(&branch, t, instr, res, t.inside(here), out)
		branch.locks = branch.locks.Union(t.after())
		if i == 0 {
			*st = branch
		} else {
			*st = problem{f}.Join(*st, branch)
		}
	}
}

func (f *function) callTarget(st *state, t target, instr ssa.Instruction, res ssa.Value, here domain.Context, out *collector) {
	if effects := f.u.effects(t); effects != nil {
		f.applyModel(st, effects, t, instr, out)
		return
	}
	sum := f.u.summaryOf(t)
	if sum == nil {
		f.callUnknown(st, t, instr, out)
		return
	}
	if e, ok := f.lockType(t); ok {
		f.applyModel(st, []models.Effect{e}, t, instr, out)
		return
	}
	here.Chain = []domain.Frame{{Func: f.u.targetName(t), Pos: f.u.pos(instr.Pos())}}
	f.calls(out, t, 0, st.running, &here)
	e := f.envAt(t, instr, res)
	f.enter(st, sum, e, here, out, 0)
	f.sharedResults(st, sum, e)
	if sum.NoReturn {
		st.dead = true
	}
}

// lockType reports whether t locks or unlocks a type whose business that is: one with Lock and Unlock and no map. It is a lock as a whole, whatever
// it is made of; the lock inside it has no name where it is used.
func (f *function) lockType(t target) (models.Effect, bool) {
	if t.obj == nil || len(t.args) != 1 {
		return models.Effect{}, false
	}
	e, ok := models.LockMethod(t.obj)
	if !ok {
		return models.Effect{}, false
	}
	st, ok := deref(t.obj.Signature().Recv().Type()).Underlying().(*types.Struct)
	if !ok {
		return e, true
	}
	for field := range st.Fields() {
		if isMap(field.Type()) {
			return models.Effect{}, false
		}
	}
	return e, true
}

// sharedResults notes results that others can reach already: they are not ours alone.
func (f *function) sharedResults(st *state, sum *domain.Summary, e *env) {
	if e.call == nil {
		return
	}
	for i := range sum.Results {
		if sum.Results[i].Shared {
			p := e.result(i)
			f.publishLocal(st, p.Root.Name)
		}
	}
}

// here returns the context of something that happens at st on this goroutine.
func (f *function) here(st *state) domain.Context {
	c := domain.Context{Locks: f.withoutGaps(st, f.at.Block()), Running: st.running, After: st.sent, Dropped: st.released}
	for i := range st.waits {
		if loc := st.waits[i].Loc(); loc != 0 {
			c.Joined = domain.InsertSym(c.Joined, loc)
		}
	}
	return c
}

func (f *function) builtin(st *state, name string, args []ssa.Value, pos token.Pos, out *collector) {
	kind, ok := map[string]domain.Kind{"delete": domain.Delete, "clear": domain.Clear, "len": domain.Len}[name]
	switch {
	case ok && isMap(args[0].Type()):
		var key ssa.Value
		if len(args) > 1 {
			key = args[1]
		}
		f.touch(st, out, pos, args[0], key, kind)
		f.operands(st, out, pos, args[1:]...)
	case name == "close":
		f.signal(st, extend(f.paths(args[0]), domain.Closed))
	}
}

// callDynamic records the call of a function that the caller of f supplied.
func (f *function) callDynamic(st *state, v funcVal, c *ssa.CallCommon, instr ssa.Instruction, out *collector) {
	if out == nil {
		return
	}
	call := domain.FuncCall{Context: f.here(st), Path: v.path}
	call.Pos = f.u.pos(instr.Pos())
	for _, a := range c.Args {
		call.Args = append(call.Args, f.paths(a))
	}
	out.call(call)
}

// callUnlocker applies the call of a function that another call returned: defer s.lock()().
func (f *function) callUnlocker(st *state, v ssa.Value) {
	i := 0
	if ex, ok := v.(*ssa.Extract); ok {
		v, i = ex.Tuple, ex.Index
	}
	if load, ok := v.(*ssa.UnOp); ok {
		if alloc, ok := load.X.(*ssa.Alloc); ok {
			for _, val := range f.stores(alloc).vals {
				f.callUnlocker(st, val)
			}
		}
		return
	}
	call, ok := v.(*ssa.Call)
	if !ok {
		return
	}
	known, _ := f.targets(&call.Call)
	for _, t := range known {
		if sum := f.u.summaryOf(t); sum != nil {
			for _, u := range sum.Unlockers {
				if u.Result == i {
					f.lockEffect(st, u.LockEffect, f.env(t, call))
				}
			}
		}
	}
}

func (f *function) lockEffect(st *state, eff domain.LockEffect, e *env) {
	for _, p := range e.set(eff.Released) {
		f.release(st, p)
	}
	for _, l := range e.locks(eff.Acquired) {
		st.locks = st.locks.With(l)
	}
}

// release gives up the lock at p. If f does not hold it, its caller did.
func (f *function) release(st *state, p domain.Path) {
	st.fresh = nil
	st.locks = st.locks.WithoutUnset()
	st.gaps = slices.DeleteFunc(slices.Clone(st.gaps), func(g gap) bool { return g.lock == p })
	if _, held := st.locks.Get(&p); held {
		st.locks = st.locks.Without(&p)
		return
	}
	if len(st.released) < maxKeys {
		st.released = domain.InsertPath(st.released, p)
	}
}

// callUnknown applies a call of code that we know nothing of.
func (f *function) callUnknown(st *state, t target, instr ssa.Instruction, out *collector) {
	f.unseen(st, t.args, f.u.targetName(t).String(), instr.Pos(), out)
	if t.obj != nil {
		st.dead = models.IsNoReturn(t.obj)
		if e, ok := models.LockMethod(t.obj); ok {
			f.applyModel(st, []models.Effect{e}, t, instr, out)
			return
		}
	}
	for _, a := range t.args {
		if _, ok := a.Type().Underlying().(*types.Signature); ok {
			f.runNow(st, a, instr, f.here(st), out)
		}
	}
}

// runNow applies functions passed to code that we don't see, as if it called them once before it returns. Request handlers are not run
// by whoever they are passed to, but later, for each request.
func (f *function) runNow(st *state, v ssa.Value, instr ssa.Instruction, ctx domain.Context, out *collector) {
	for _, fv := range f.funcVals(v) {
		if fv.fn == nil || f.u.isHandler(fv.fn.Signature) {
			continue
		}
		t := f.u.bind(fv, nil)
		if sum := f.u.summaryOf(t); sum != nil {
			ctx.Chain = []domain.Frame{{Func: f.u.targetName(t), Pos: f.u.pos(instr.Pos())}}
			f.calls(out, t, 0, st.running, &ctx)
			f.enter(st, sum, f.env(t, nil), t.inside(ctx), out, 0)
			st.locks = st.locks.Union(t.after())
		}
	}
}

// enter applies a summary: its accesses are seen from f, in the context at, and its effects change st. A nil st is that of another
// goroutine, which has no effect here.
func (f *function) enter(st *state, sum *domain.Summary, e *env, at domain.Context, out *collector, depth int) {
	f.touches = f.touches || sum.Touches
	v := f.u.exported(sum)
	sum = v.sum
	e.renameOpen(sum.Calls, at.Chain[0].Pos)
	e.renameInner(sum.Spawns)
	if out != nil {
		out.imported(st, v, e, &at)
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
	for i := range sum.Calls {
		f.supplied(st, &sum.Calls[i], e, &at, out, depth, running)
	}
	if st == nil {
		return
	}
	f.lockEffect(st, sum.LockEffect, e)
	f.signal(st, e.set(sum.Signals))
	st.late = domain.UnionPaths(st.late, e.set(sum.Late))
	f.wait(st, e.set(sum.Joins), true)
	f.publishArgs(st, sum, e)
}

// publishArgs publishes what a callee publishes.
func (f *function) publishArgs(st *state, sum *domain.Summary, e *env) {
	for _, i := range sum.Publishes {
		f.publishArg(st, e.actual(&domain.Root{Kind: domain.Param, Index: int16(i)}), !slices.Contains(sum.Gives, i))
	}
	for _, i := range sum.Reveals {
		f.publishArg(st, e.actual(&domain.Root{Kind: domain.FreeVar, Index: int16(i)}), !slices.Contains(sum.Tells, i))
	}
}

func (f *function) publishArg(st *state, a *arg, starting bool) {
	if a != nil {
		f.starting = starting
		f.publishPaths(st, a.addr)
		f.publishPaths(st, a.paths)
		f.publishCaptured(st, a.val)
		f.starting = false
	}
}

// adopt makes a goroutine that a callee left running one of f's.
func (f *function) adopt(st *state, sp *domain.Spawn, e *env, at *domain.Context) {
	s := f.adoption(sp, e, at)
	if old := f.spawns[s.Site]; old != nil {
		s.Signals = bounded(domain.UnionPaths(old.Signals, s.Signals))
		s.Joins = bounded(domain.UnionPaths(old.Joins, s.Joins))
		s.Running = domain.UnionSyms(old.Running, s.Running)
		s.Touches = s.Touches || old.Touches
	}
	s.Running = domain.UnionSyms(s.Running, at.Running)
	if e.spawn != nil {
		s.Running = domain.UnionSyms(s.Running, e.spawn.running)
	}
	f.spawns[s.Site] = &s
	if st != nil {
		st.expected = without(st.expected, s.Signals)
	}
	if st != nil && !s.Kind.Registered() {
		st.fresh = nil
		st.running = domain.InsertSym(st.running, s.Site)
	}
}

type adoptKey struct {
	sp  *domain.Spawn
	pos domain.Pos
}

// adoption returns the spawn of a callee in the names of f. It is the same each time that the solver comes by, so it is kept.
func (f *function) adoption(sp *domain.Spawn, e *env, at *domain.Context) domain.Spawn {
	key := adoptKey{sp, at.Chain[0].Pos}
	s, ok := f.adopted[key]
	if !ok {
		s = *sp
		s.Site, s.Running = e.site(sp.Site), e.siteSet(sp.Running)
		s.Signals, s.Joins = bounded(e.set(sp.Signals)), bounded(e.set(sp.Joins))
		f.adopted[key] = s
	}
	return s
}

// maxNesting bounds functions that are handed to functions that are handed to functions.
const maxNesting = 4

// supplied applies a call that a callee makes of a function it got from f: in the callee's context, below that of the call.
func (f *function) supplied(st *state, call *domain.FuncCall, e *env, at *domain.Context, out *collector, depth int, running []domain.Sym) {
	if depth == maxNesting {
		return
	}
	ctx := compose(e, &call.Context, at)
	ctx.Chain = joinChain(at.Chain, call.Chain)
	a := e.actual(&call.Path.Root)
	if a == nil {
		return
	}
	if a.val == nil {
		f.pass(call, ctx, e.content(&call.Path), e, out)
		return
	}
	for _, fv := range f.suppliedFuncs(a, call, e) {
		if fv.fn == nil {
			f.pass(call, ctx, []domain.Path{fv.path}, e, out)
			continue
		}
		t := f.u.bind(fv, nil)
		sum := f.u.summaryOf(t)
		if sum == nil {
			continue
		}
		inner := f.env(t, nil)
		if call.Site == 0 {
			inner.spawn, inner.again = e.spawn, e.again
		} else if domain.HasSym(running, ctx.Site) && e.block != nil {
			inner.again = &spawning{f: f, site: ctx.Site, self: true, loop: f.innermost(e.block)}
		}
		for _, paths := range call.Args {
			inner.params = append(inner.params, arg{paths: e.set(paths)})
		}
		f.describe(ctx.Site, t, sum, inner)
		if s := f.startedBy(call, ctx.Site); s != nil {
			inner.spawn = s
			f.laterParts(st, s, sum, inner)
		}
		f.calls(out, t, ctx.Site, running, &ctx)
		inState := st
		if call.Site != 0 {
			inState = nil
		}
		ctx.Chain = joinChain(ctx.Chain, []domain.Frame{{Func: f.u.targetName(t), Pos: call.Pos}})
		f.enter(inState, sum, inner, ctx, out, depth+1)
	}
}

// suppliedFuncs returns the functions that a callee may call: its argument a, or what f has put into a field of the object that a is.
func (f *function) suppliedFuncs(a *arg, call *domain.FuncCall, e *env) []funcVal {
	if len(call.Path.Sel()) == 0 {
		return f.funcVals(a.val)
	}
	var out []funcVal
	for _, p := range e.content(&call.Path) {
		out = append(out, f.storedAt(p)...)
		if p.Root.Kind == domain.Param || p.Root.Kind == domain.FreeVar {
			out = append(out, funcVal{path: p})
		}
	}
	return out
}

// pass hands a call of a supplied function on to the callers of f, who know the function.
func (f *function) pass(call *domain.FuncCall, ctx domain.Context, to []domain.Path, e *env, out *collector) {
	if out == nil {
		return
	}
	for _, p := range to {
		if p.Root.Kind != domain.Param && p.Root.Kind != domain.FreeVar || len(p.Sel()) > 1 {
			continue
		}
		c := domain.FuncCall{Context: ctx, Path: p}
		for _, paths := range call.Args {
			c.Args = append(c.Args, e.set(paths))
		}
		out.call(c)
	}
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
	sp.Signals = bounded(domain.UnionPaths(sp.Signals, signals))
	sp.Joins = bounded(domain.UnionPaths(sp.Joins, e.set(sum.Awaits)))
}

// compose places a context of a callee into the context of its call.
func compose(e *env, inner, at *domain.Context) domain.Context {
	running := e.f.unjoined(at.Running, inner.Joined)
	out := domain.Context{
		Pos:     inner.Pos,
		Site:    e.site(inner.Site),
		Many:    inner.Many,
		Forked:  inner.Forked,
		Running: domain.UnionSyms(e.siteSet(inner.Running), running),
		Joined:  inner.Joined,
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
	out.Locks = held.Union(out.Locks)
	out.Joined = domain.UnionSyms(inner.Joined, at.Joined)
	out.After = bounded(domain.UnionPaths(out.After, at.After))
	out.Dropped = bounded(domain.UnionPaths(dropped, at.Dropped))
	if e.spawn != nil {
		out.Site = e.spawn.variant(out.After)
	}
	return out
}

// unjoined returns the spawns that are still running in a callee which has waited for the keys at the locations.
func (f *function) unjoined(running, joined []domain.Sym) []domain.Sym {
	if len(joined) == 0 || len(running) == 0 {
		return running
	}
	return slices.DeleteFunc(slices.Clone(running), func(site domain.Sym) bool {
		sp := f.spawns[site]
		return sp != nil && slices.ContainsFunc(sp.Signals, func(k domain.Path) bool {
			k, _ = k.Plain()
			loc := k.Loc()
			return loc != 0 && domain.HasSym(joined, loc)
		})
	})
}

func bounded(paths []domain.Path) []domain.Path { return paths[:min(len(paths), maxKeys)] }
