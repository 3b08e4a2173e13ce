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
	f.givesLatch(st, c)
	f.goesOver(st, c, instr, out)
	f.cancels(st, c)
	if out != nil {
		f.u.givesItself(f, st, c)
	}
	if slices.ContainsFunc(c.Args, isLoopBody) {
		held, released := st.locks, st.released
		defer func() { st.locks, st.released = held, released }()
	}
	f.callWaiter(st, c)
	known, dynamic := f.targets(c)
	for _, v := range dynamic {
		f.callDynamic(st, v, c, instr, out)
	}
	if len(known) == 0 {
		if len(dynamic) == 0 {
			f.unseen(st, c.Args, "a function value", instr.Pos(), out)
		}
		f.callBlind(st, c, instr, dynamic, out)
		f.callUnlocker(st, c.Value)
		return
	}
	here := f.here(st)
	if len(known) == 1 {
		t := &known[0]
		f.callTarget(st, *t, instr, res, t.inside(here), out)
		st.locks = st.locks.Union(t.after())
		return
	}
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
	if effects := f.effects(t); effects != nil {
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
	e := f.envAt(t, instr, res)
	if e.chain == nil {
		e.chain = []domain.Frame{{Func: f.u.targetName(t), Pos: f.u.pos(instr.Pos())}}
	}
	here.Chain = e.chain
	f.calls(out, t, 0, st.running, &here, st, 0)
	f.enter(st, sum, e, here, out, 0)
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
	if hasMap(deref(t.obj.Signature().Recv().Type())) {
		return models.Effect{}, false
	}
	return e, true
}

// hasMap reports whether t is a struct with a map: its lock, if it has one, is what its methods lock, and not itself.
func hasMap(t types.Type) bool {
	st, ok := t.Underlying().(*types.Struct)
	if !ok {
		return false
	}
	for field := range st.Fields() {
		if IsMap(field.Type()) {
			return true
		}
	}
	return false
}

// here returns the context of something that happens at st on this goroutine.
func (f *function) here(st *state) domain.Context {
	c := domain.Context{Terms: domain.Terms{Locks: f.withoutGaps(st, f.at.Block()), Running: f.past(st.running), After: f.yetToSay(st.sent), Dropped: st.released}}
	for i := range st.waits {
		if key := st.waits[i].JoinedKey(); key != 0 {
			c.Joined = domain.InsertSym(c.Joined, key)
		}
	}
	for i := range st.waitsIf {
		if loc := st.waitsIf[i].JoinedIf(); loc != 0 {
			c.Joined = domain.InsertSym(c.Joined, loc)
		}
	}
	return c
}

// mapBuiltins holds what builtins do to a map.
var mapBuiltins = map[string]domain.Kind{"delete": domain.Delete, "clear": domain.Clear, "len": domain.Len}

func (f *function) builtin(st *state, name string, args []ssa.Value, pos token.Pos, out *collector) {
	kind, ok := mapBuiltins[name]
	switch {
	case ok && IsMap(args[0].Type()):
		var key ssa.Value
		if len(args) > 1 {
			key = args[1]
		}
		f.touch(st, out, pos, args[0], key, kind)
		f.operands(st, out, pos, args[1:]...)
	case name == "close":
		f.goOn(st, f.paths(args[0]))
		f.signal(st, extend(f.signalKeys(args[0]), domain.Closed))
	}
}

// callDynamic records the call of a function that the caller of f supplied.
func (f *function) callDynamic(st *state, v funcVal, c *ssa.CallCommon, instr ssa.Instruction, out *collector) {
	if out == nil {
		return
	}
	call := domain.FuncCall{Context: f.here(st), Path: v.path, Again: f.innermost(instr.Block()) != nil}
	call.Pos = f.u.pos(instr.Pos())
	for i, a := range c.Args {
		paths := f.paths(a)
		call.Args = append(call.Args, paths)
		f.leaves(out, a)
		if ownEach(paths) {
			call.Each = append(call.Each, i)
		}
	}
	out.call(call)
}

// ownEach reports whether the paths are memory of which each of the goroutines that come by has another: what the function has made, or received, or an
// element, of which they choose one each.
func ownEach(paths []domain.Path) bool {
	return len(paths) > 0 && !slices.ContainsFunc(paths, func(p domain.Path) bool { return p.Root.Kind != domain.Local && !p.Element() })
}

// callUnlocker applies the call of a function that another call returned: defer s.lock()().
func (f *function) callUnlocker(st *state, v ssa.Value) {
	f.returnedBy(v, nil, func(call *ssa.Call, i int) {
		known, _ := f.targets(&call.Call)
		for _, t := range known {
			sum := f.u.summaryOf(t)
			if sum == nil {
				if _, ok := returnsUnlock(t); ok && i == 0 {
					f.releaseAll(st, f.paths(t.args[0]))
				}
				continue
			}
			for _, u := range sum.Unlockers {
				if u.Result == i {
					f.lockEffect(st, u.LockEffect, f.env(t, call))
				}
			}
		}
	})
}

// returnedBy calls found with the calls that may have returned v, and which of their results it is. Variables that were looked into are not again: one may be set to what it holds.
func (f *function) returnedBy(v ssa.Value, looked []*ssa.Alloc, found func(call *ssa.Call, i int)) {
	i := 0
	if ex, ok := v.(*ssa.Extract); ok {
		v, i = ex.Tuple, ex.Index
	}
	switch v := v.(type) {
	case *ssa.UnOp:
		if alloc, ok := v.X.(*ssa.Alloc); ok && !slices.Contains(looked, alloc) {
			for _, val := range f.stores(alloc).vals {
				f.returnedBy(val, append(looked, alloc), found)
			}
		}
	case *ssa.Call:
		found(v, i)
	}
}

// returnsUnlock reports whether t, of which nothing is known but its name, takes its receiver as a lock and returns what gives it up.
func returnsUnlock(t target) (models.Effect, bool) {
	if t.obj == nil || len(t.args) != 1 {
		return models.Effect{}, false
	}
	return models.LockReturning(t.obj)
}

func (f *function) lockEffect(st *state, eff domain.LockEffect, e *env) {
	for _, p := range e.set(eff.Released) {
		f.release(st, p)
	}
	for _, l := range e.translateLocks(nil, eff.Acquired, false) {
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
	st.released = bounded(domain.InsertPath(st.released, p))
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
		if e, ok := returnsUnlock(t); ok {
			f.applyModel(st, []models.Effect{e}, t, instr, out)
			return
		}
	}
	for _, a := range t.args {
		if isFunc(a.Type()) {
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
			f.calls(out, t, 0, st.running, &ctx, nil, 0)
			f.enter(st, sum, f.env(t, nil), t.inside(ctx), out, 0)
			st.locks = st.locks.Union(t.after())
		}
	}
}
