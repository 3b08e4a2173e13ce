package summary

import (
	"slices"

	"github.com/mapguard/mapguard/internal/domain"
)

// maxNesting bounds functions that are handed to functions that are handed to functions.
const maxNesting = 4

// maxNested bounds, at each depth below the first, how many of them are followed for one call: a callee that calls sixty functions, each of which calls sixty of those that it got, would
// take minutes (pion/webrtc, whose operations enqueue operations). It is counted by depth, so that those deep down don't take the room of those further up. In grpc there is a
// call with 48 in all.
const maxNested = 100

// supplied applies the call n that a callee makes of a function it got from f: in the callee's context, below that of the call.
func (f *function) supplied(st *state, v *view, n int, e *env, at *domain.Context, out *collector, depth int, running []domain.Sym) {
	if depth == maxNesting {
		return
	}
	calls := v.sum.Calls
	call := &calls[n]
	ctx := domain.Context{Terms: compose(e, &call.Terms, &at.Terms), Pos: call.Pos, Chain: f.u.joinChain(at.Chain, call.Chain)}
	ctx.Locks = ctx.Locks.Union(e.locks(v.executedInstead(n)))
	a := e.actual(&call.Path.Root)
	if a == nil {
		return
	}
	if a.val == nil {
		f.pass(call, ctx, e.content(&call.Path), e, out)
		return
	}
	funcs := f.suppliedFuncs(a, call, e)
	f.takesTurn(call, ctx.Site, funcs)
	var before []domain.Sym
	for _, fv := range funcs {
		if fv.fn == nil {
			f.pass(call, ctx, []domain.Path{fv.path}, e, out)
			continue
		}
		t := f.u.bind(fv, nil)
		sum := f.u.summaryOf(t)
		if sum == nil || f.nested[depth] == maxNested {
			continue
		}
		if depth > 0 {
			f.nested[depth]++
		}
		one := ctx
		if call.Listed && len(funcs) > 1 {
			one.Site = f.splitOff(ctx.Site, fv, before)
			before = domain.InsertSym(before, one.Site)
		}
		f.runSupplied(st, &suppliedCall{call, calls, e, running}, t, sum, one, out, depth)
	}
}

// takesTurn notes that the goroutine at the site, all parts of it, calls what f has put into a field for it: functions of which it is known, as well, that somebody
// calls what is in that field. Of what is in a list of the object that is not said: the list may be anybody's, who calls what is in it elsewhere, too.
func (f *function) takesTurn(call *domain.FuncCall, site domain.Sym, funcs []funcVal) {
	of := f.spawns[site]
	if of == nil || len(funcs) == 0 || len(call.Path.Sel()) != 1 {
		return
	}
	turn := domain.Intern(runnerOf(call.Path.Loc().String()))
	for _, sp := range f.spawns {
		if sp == of || sp.Pos == of.Pos && domain.SameStart(sp.Site, site) {
			sp.Takes = domain.InsertSym(sp.Takes, turn)
		}
	}
}

// suppliedCall is one of the calls of a callee, and where that is called.
type suppliedCall struct {
	*domain.FuncCall
	calls   []domain.FuncCall
	env     *env
	running []domain.Sym
}

// besideOthers reports whether the callee calls the function on its own goroutine while one that it has started calls what it was given, too: memory that the two have
// in common is nobody's own then, even if nobody has it afterwards.
func (c *suppliedCall) besideOthers() bool {
	return c.Site == 0 && slices.ContainsFunc(c.calls, func(o domain.FuncCall) bool { return o.Site != 0 && domain.HasSym(c.Running, o.Site) })
}

// runSupplied applies a call of the function t that f has supplied, in the context ctx.
func (f *function) runSupplied(st *state, call *suppliedCall, t target, sum *domain.Summary, ctx domain.Context, out *collector, depth int) {
	inner, e := f.env(t, nil), call.env
	if call.Site == 0 {
		inner.spawn, inner.again = e.spawn, e.again
	} else if domain.HasSym(call.running, ctx.Site) && e.block != nil {
		inner.again = &spawning{f: f, site: ctx.Site, self: true, loop: f.innermost(e.block)}
	}
	for _, i := range call.Each {
		inner.each = append(inner.each, len(inner.params)+i)
	}
	for _, paths := range call.Args {
		inner.params = append(inner.params, arg{paths: e.set(paths)})
	}
	f.describe(ctx.Site, t, sum, inner)
	sp := f.spawns[ctx.Site]
	if sp != nil {
		sp.Either = sp.Either || calledInstead(call.calls, call.FuncCall)
	}
	gathered := sp != nil && sp.Joined
	if s := f.startedBy(call.FuncCall, ctx.Site, ctx.After); s != nil && !gathered {
		inner.spawn = s
		if st != nil {
			ctx.Locks = ctx.Locks.Union(f.handOver(st, f.released(sum, inner)))
		}
		f.laterParts(st, s, sum, inner)
	}
	f.calls(out, t, ctx.Site, call.running, &ctx, nil, inner.several(t))
	inState := st
	apart := call.Site != 0 || call.besideOthers()
	if apart {
		inState = nil
	}
	ctx.Chain = f.u.joinChain(ctx.Chain, []domain.Frame{{Func: f.u.targetName(t), Pos: call.Pos}})
	f.enter(inState, sum, inner, ctx, out, depth+1)
	if (gathered || apart && call.Site == 0) && st != nil {
		f.enter(st, sum, inner, ctx, nil, depth+1) // what it has done has happened when the callee returns
	}
}

// splitOff returns the site of one of several functions that a callee starts at one place, each on a goroutine of its own, beside those before.
func (f *function) splitOff(site domain.Sym, fv funcVal, before []domain.Sym) domain.Sym {
	own := domain.AtCall(site, f.u.pos(fv.fn.Pos()))
	if sp := f.spawns[site]; sp != nil && f.spawns[own] == nil {
		mine := *sp
		mine.Site, mine.Running = own, domain.UnionSyms(sp.Running, before)
		f.spawns[own] = &mine
	}
	return own
}

// calledInstead reports whether the function that is called on a goroutine is called on the caller's own, too, where that goroutine is not running.
func calledInstead(calls []domain.FuncCall, started *domain.FuncCall) bool {
	return started.Site != 0 && slices.ContainsFunc(calls, func(c domain.FuncCall) bool {
		return c.Site == 0 && c.Path == started.Path && !domain.HasSym(c.Running, started.Site)
	})
}

// executedInstead returns the locks of the executor to which the function that is called on the caller's own goroutine is sent where it is not: whoever calls it on
// the spot is there already, as far as is known.
func executedInstead(calls []domain.FuncCall, called *domain.FuncCall) domain.Lockset {
	if called.Site != 0 {
		return nil
	}
	var out domain.Lockset
	for i := range calls {
		if c := &calls[i]; c.Path == called.Path && calledInstead(calls, c) {
			out = out.Union(c.Locks)
		}
	}
	out = slices.Clone(out) // it may be that of a call itself
	for i := range out {
		out[i].Maybe = true
	}
	return out
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
	ctx.Many = ctx.Many || e.repeats(&call.Path.Root)
	for _, p := range to {
		if !mayKnow(&p) {
			continue
		}
		c := domain.FuncCall{Context: ctx, Path: p, Listed: call.Listed || e.lists(&call.Path.Root), Again: call.Again || f.innermost(f.at.Block()) != nil}
		for i, paths := range call.Args {
			c.Args = append(c.Args, e.set(paths))
			if slices.Contains(call.Each, i) || e.eachHas(paths) {
				c.Each = append(c.Each, i)
			}
		}
		out.call(c)
	}
}

// own reports whether the memory at a callee's path is reached by an argument of which each of the goroutines that run the callee has another.
func (e *env) own(p *domain.Path) bool {
	has := func(r *domain.Root) bool { return r.Kind == domain.Param && slices.Contains(e.each, int(r.Index)) }
	return has(&p.Root) || slices.ContainsFunc(p.Sel(), func(s domain.Sym) bool { r, ok := s.Index(); return ok && has(&r) })
}

// repeats reports whether several of the goroutines that run the callee have the same argument at r.
func (e *env) repeats(r *domain.Root) bool {
	return e.spawn != nil && (e.spawn.many || e.spawn.self && !e.spawn.varies(e, r))
}

// lists reports whether each of the goroutines that run the callee has another argument at r.
func (e *env) lists(r *domain.Root) bool {
	return e.spawn != nil && !e.spawn.many && e.spawn.self && e.spawn.varies(e, r)
}

// eachHas reports whether each goroutine that runs the callee has another argument at the roots of the paths, or the callee has made that.
func (e *env) eachHas(paths []domain.Path) bool {
	if e.spawn == nil || e.spawn.many || !e.spawn.self {
		return false
	}
	return slices.ContainsFunc(paths, func(p domain.Path) bool {
		return (p.Root.Kind == domain.Param || p.Root.Kind == domain.FreeVar) && e.spawn.varies(e, &p.Root)
	})
}

// maxSupplied bounds the fields that lead to a function which callers have put there: x.bus.hooks[].run has two. Of what is further away, such as the parts of a part of a
// connection, they know nothing, and all that runs below it would be kept for them.
const maxSupplied = 2

// mayKnow reports whether callers may know which function is at p, as they have put it there.
func mayKnow(p *domain.Path) bool {
	return (p.Root.Kind == domain.Param || p.Root.Kind == domain.FreeVar) && p.Depth() <= maxSupplied
}
