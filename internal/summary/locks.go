package summary

import (
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/domain"
	"github.com/mapguard/mapguard/internal/models"
)

// Locks answers what the calls of one function do to locks, for a check that follows its paths one by one. The lockset of a summary is what all
// paths have in common, which is right for accesses and too coarse to say where a lock is forgotten.
//
// The same calls are asked for again for each path, so answers are kept.
type Locks struct {
	f     *function
	calls map[*ssa.CallCommon]*callAnswers
}

// callAnswers is what one call does, as far as it has been asked for.
type callAnswers struct {
	known   []target
	alone   bool // there is one target and no other
	effects []models.Effect
	op      LockOp
	isOp    bool
	callee  *Callee
}

// Locks returns the answers for a function of this package.
func (r *Result) Locks(fn *ssa.Function) *Locks {
	return &Locks{newFunction(r.u, fn), map[*ssa.CallCommon]*callAnswers{}}
}

func (l *Locks) of(c *ssa.CallCommon) *callAnswers {
	a := l.calls[c]
	if a == nil {
		known, dynamic := l.f.targets(c)
		a = &callAnswers{known: known, alone: len(known) == 1 && len(dynamic) == 0}
		if len(known) > 0 {
			a.effects = l.f.u.effects(known[0])
			a.op, a.isOp = l.op(a)
		}
		l.calls[c] = a
	}
	return a
}

// LockOp is what a call does that is a method of a lock.
type LockOp struct {
	Kind models.EffectKind // Acquire, Release or Try
	Mode domain.Mode
	Addr ssa.Value // the lock
	// Either: the type has two methods to take the lock and this one to give it up, in whatever mode it was taken.
	Either bool
}

// Op returns what c does by itself, if it is a method of a lock whose body is not in this package.
func (l *Locks) Op(c *ssa.CallCommon) (LockOp, bool) {
	a := l.of(c)
	return a.op, a.isOp
}

func (l *Locks) op(a *callAnswers) (LockOp, bool) {
	t := a.known[0]
	if len(t.args) == 0 {
		return LockOp{}, false
	}
	for _, e := range a.effects {
		if e.Kind == models.Acquire || e.Kind == models.Release || e.Kind == models.Try {
			return LockOp{Kind: e.Kind, Mode: e.Mode, Addr: t.args[e.Arg]}, true
		}
	}
	if t.obj == nil || t.fn != nil || l.f.u.summaryOf(t) != nil && !l.isLock(t) {
		return LockOp{}, false
	}
	e, ok := models.LockMethod(t.obj)
	results := t.obj.Signature().Results()
	if !ok || e.Kind != models.Try && results.Len() > 0 || e.Kind == models.Try && !isOneBool(results) || e.Kind == models.Release && l.mayFail(t.obj) {
		return LockOp{}, false // a lock that can fail is held only if it did not
	}
	lock := t.args[0].Type()
	either := e.Kind == models.Release && methodNamed(lock, t.obj.Pkg(), "RLock") != nil && methodNamed(lock, t.obj.Pkg(), "RUnlock") == nil
	return LockOp{Kind: e.Kind, Mode: e.Mode, Addr: t.args[0], Either: either}, true
}

// Asserted returns the condition without which c does not return, and what it has to be.
func (l *Locks) Asserted(c *ssa.CallCommon) (cond ssa.Value, is, ok bool) {
	return l.condition(c, models.Asserts)
}

// Answered returns the condition that the boolean which c returns tells of, and what it is if that is true.
func (l *Locks) Answered(c *ssa.CallCommon) (cond ssa.Value, is, ok bool) {
	return l.condition(c, models.Answers)
}

func (l *Locks) condition(c *ssa.CallCommon, kind models.EffectKind) (cond ssa.Value, is, ok bool) {
	a := l.of(c)
	if !a.alone {
		return nil, false, false
	}
	for _, e := range a.effects {
		if e.Kind == kind && e.Arg < len(a.known[0].args) {
			return a.known[0].args[e.Arg], !e.Refutes, true
		}
	}
	return nil, false, false
}

// Once returns the sync.Once under which c runs a function, and that.
func (l *Locks) Once(c *ssa.CallCommon) (once, run ssa.Value, ok bool) {
	a := l.of(c)
	if len(a.known) != 1 {
		return nil, nil, false
	}
	args := a.known[0].args
	for _, e := range a.effects {
		if e.Kind == models.Once && e.Arg < len(args) && e.Key < len(args) {
			return args[e.Key], args[e.Arg], true
		}
	}
	return nil, nil, false
}

// mayFail reports whether what takes the lock that the method unlock gives up says whether it has.
func (l *Locks) mayFail(unlock *types.Func) bool {
	take := methodNamed(unlock.Signature().Recv().Type(), unlock.Pkg(), strings.Replace(unlock.Name(), "Unlock", "Lock", 1))
	return take != nil && take.Signature().Results().Len() > 0
}

func (l *Locks) isLock(t target) bool {
	_, ok := l.f.lockType(t)
	return ok
}

func isOneBool(results *types.Tuple) bool {
	return results.Len() == 1 && isBool(results.At(0).Type())
}

// Callee is the one function that a call reaches.
type Callee struct {
	Fn   *ssa.Function   // nil if its body is elsewhere
	Sum  *domain.Summary // nil if nothing is known of it
	Args []ssa.Value     // for its parameters
	Free []ssa.Value     // for its captured variables
	u    *unit
	obj  *types.Func
}

// Name is what messages call it.
func (c *Callee) Name() string { return c.u.targetName(target{fn: c.Fn, obj: c.obj}).String() }

// Callee returns the function that c calls; ok is false if there are several, or none in sight.
func (l *Locks) Callee(c *ssa.CallCommon) (callee *Callee, ok bool) {
	a := l.of(c)
	if a.callee == nil && a.alone {
		a.callee = l.callee(a.known[0])
	}
	return a.callee, a.alone
}

// Closure returns the function that a closure is.
func (l *Locks) Closure(v *ssa.MakeClosure) *Callee {
	return l.callee(l.f.u.bind(funcVal{fn: v.Fn.(*ssa.Function), free: v.Bindings, site: v}, nil))
}

func (l *Locks) callee(t target) *Callee {
	return &Callee{t.fn, l.f.u.summaryOf(t), t.args, t.free, l.f.u, t.obj}
}

// Path returns the memory that v points to, if it is one.
func (l *Locks) Path(v ssa.Value) (domain.Path, bool) {
	paths := l.f.paths(v)
	if len(paths) != 1 {
		return domain.Path{}, false
	}
	return paths[0], true
}

// Only returns the value that the variable x holds all its life.
func (l *Locks) Only(x *ssa.Alloc) (ssa.Value, bool) {
	val := l.f.only(x)
	return val, val != nil
}

// Pos returns the position of p in the form that accesses carry.
func (l *Locks) Pos(instr ssa.Instruction) domain.Pos { return l.f.u.pos(instr.Pos()) }

func (f *function) acquire(st *state, paths []domain.Path, mode domain.Mode, keyed bool) {
	if len(paths) == 0 || slices.ContainsFunc(paths, ofNoName) {
		f.u.silent(UnseenLock, f.at.Pos(), "a lock is taken here whose name is not known: nothing is said of what is done under it")
	}
	if len(paths) == 0 {
		st.locks = st.locks.With(domain.Wild)
	}
	f.holds(st, paths, mode, keyed)
}

// ofNoName reports whether p is of no instance and no field that is known.
func ofNoName(p domain.Path) bool { return p.Root.Kind == domain.Unknown && p.Loc() == 0 }

// holds notes that the lock at the paths, its names, is held.
func (f *function) holds(st *state, paths []domain.Path, mode domain.Mode, keyed bool) {
	for _, p := range paths {
		st.locks = st.locks.With(domain.Lock{Path: p, Mode: mode, Maybe: ofNoName(p), Keyed: keyed})
		for _, q := range f.alsoNamed(p) {
			st.locks = st.locks.With(domain.Lock{Path: q, Mode: mode, Keyed: keyed})
		}
		if q, ok := f.u.linked(&p); ok {
			st.locks = st.locks.With(domain.Lock{Path: q, Mode: mode, Keyed: keyed})
		}
	}
}

func (f *function) releaseAll(st *state, paths []domain.Path) {
	if len(paths) == 0 {
		st.locks = st.locks.Without(&domain.Wild.Path)
	}
	for _, p := range paths {
		f.release(st, p)
		if q, ok := f.u.linked(&p); ok {
			st.locks = st.locks.Without(&q)
		}
	}
}
