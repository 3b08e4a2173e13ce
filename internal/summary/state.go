package summary

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/domain"
)

// state is what holds at one point of a function. All of its parts are immutable: a copy of the struct is a copy of the state.
type state struct {
	serves   bool // a server was started
	dead     bool // behind a call that doesn't return
	locks    domain.Lockset
	released []domain.Path   // the caller's locks given up (may)
	running  []domain.Sym    // spawns that may be running (may)
	multi    []domain.Sym    // of these, those that may be running more than once (may)
	waits    []domain.Path   // join keys waited for (must)
	awaited  []domain.Path   // join keys waited for (may)
	sent     []domain.Path   // join keys signalled (may)
	expected []domain.Path   // join keys that somebody is to signal, who has not been started here (must)
	late     []domain.Path   // join keys signalled that were expected so (must)
	pub      []domain.Sym    // local memory that others can reach (may)
	parts    []domain.Path   // parts of local memory that others can reach (may)
	let      []domain.Sym    // of that, what more than the goroutines started here can reach (may)
	told     []domain.Sym    // of that, what others can reach who are none of the functions that have captured it (may)
	fresh    []domain.Path   // variables set to a new map in this critical section (must)
	cleanups []*ssa.Call     // deferred by calls, to the end of the function (may)
	defers   []*ssa.Defer    // deferred calls, oldest first (may)
	none     []domain.Path   // what was found to be nil, while nothing was set or called since (must)
	gaps     []gap           // locks not held on some way into a block (must)
	when     []domain.Sym    // conditions found to hold, see fixed (must)
	waitsIf  []domain.JoinIf // join keys waited for under a condition (must)
	into     *ssa.BasicBlock // the block that an edge with this state leads to
	assume   []int8          // i+1: boolean parameter i is true here, -(i+1): it is false (must)
}

// problem is the data-flow problem of one function.
type problem struct{ f *function }

// Join implements flow.Problem.
func (p problem) Join(a, b state) state {
	switch {
	case a.dead:
		return b
	case b.dead:
		return a
	}
	locks := heldBesides(&a, &b).Meet(heldBesides(&b, &a), func(left bool) int8 { return opposed(a.assume, b.assume, left) })
	return state{
		locks:    locks,
		none:     domain.MeetPaths(a.none, b.none),
		gaps:     p.f.gapsAt(&a, &b, locks),
		into:     a.into,
		released: domain.UnionPaths(a.released, b.released),
		running:  domain.UnionSyms(a.running, b.running),
		multi:    domain.UnionSyms(a.multi, b.multi),
		awaited:  domain.UnionPaths(a.awaited, b.awaited),
		waits:    domain.MeetPaths(a.waits, b.waits),
		when:     domain.MeetSyms(a.when, b.when),
		waitsIf:  meetWaits(&a, &b),
		sent:     domain.UnionPaths(a.sent, b.sent),
		expected: domain.MeetPaths(a.expected, b.expected),
		late:     domain.MeetPaths(a.late, b.late),
		fresh:    domain.MeetPaths(a.fresh, b.fresh),
		pub:      domain.UnionSyms(a.pub, b.pub),
		parts:    domain.UnionPaths(a.parts, b.parts),
		let:      domain.UnionSyms(a.let, b.let),
		told:     domain.UnionSyms(a.told, b.told),
		cleanups: merged(a.cleanups, b.cleanups),
		defers:   merged(a.defers, b.defers),
		assume:   meetAssume(a.assume, b.assume),
	}
}

// Equal implements flow.Problem.
func (problem) Equal(a, b state) bool {
	return a.dead == b.dead && slices.Equal(a.locks, b.locks) && slices.Equal(a.none, b.none) && slices.Equal(a.gaps, b.gaps) && slices.Equal(a.released, b.released) &&
		slices.Equal(a.running, b.running) && slices.Equal(a.multi, b.multi) && slices.Equal(a.awaited, b.awaited) && slices.Equal(a.fresh, b.fresh) && slices.Equal(a.waits, b.waits) && slices.Equal(a.sent, b.sent) && slices.Equal(a.expected, b.expected) && slices.Equal(a.late, b.late) &&
		slices.Equal(a.when, b.when) && slices.Equal(a.waitsIf, b.waitsIf) && slices.Equal(a.pub, b.pub) && slices.Equal(a.parts, b.parts) && slices.Equal(a.let, b.let) && slices.Equal(a.told, b.told) && slices.Equal(a.defers, b.defers) && slices.Equal(a.cleanups, b.cleanups) && slices.Equal(a.assume, b.assume)
}

// Transfer implements flow.Problem.
func (p problem) Transfer(b *ssa.BasicBlock, in state) []state {
	st := &p.f.moving // states are large, and there are many blocks
	*st = in
	st.into = nil
	for _, instr := range b.Instrs {
		p.f.step(st, instr, nil)
	}
	out := p.f.edges[:0]
	for i, succ := range b.Succs {
		out = append(out, p.f.edge(b, i, *st))
		out[i].into = succ
	}
	p.f.edges = out
	return out
}

// opposed returns the assumption of one side that the other side contradicts: what tells them apart.
func opposed(a, b []int8, left bool) int8 {
	for _, c := range a {
		if slices.Contains(b, -c) {
			if left {
				return c
			}
			return -c
		}
	}
	return 0
}

func meetAssume(a, b []int8) []int8 {
	if slices.Equal(a, b) {
		return a
	}
	var out []int8
	for _, c := range a {
		if slices.Contains(b, c) {
			out = append(out, c)
		}
	}
	return out
}

// merged keeps the order of a and adds what only b has.
func merged[T comparable](a, b []T) []T {
	out := a
	for _, d := range b {
		if !slices.Contains(out, d) {
			out = append(slices.Clip(out), d)
		}
	}
	return out
}

// edge returns the state on the i'th edge out of b, which knows what the branch found.
func (f *function) edge(b *ssa.BasicBlock, i int, st state) state {
	if st.dead {
		return st
	}
	f.leaveLoop(&st, b, b.Succs[i])
	if len(b.Succs) != 2 {
		return st
	}
	cond, ok := b.Instrs[len(b.Instrs)-1].(*ssa.If)
	if !ok {
		return st
	}
	v, holds := cond.Cond, i == 0
	for {
		not, ok := v.(*ssa.UnOp)
		if !ok || not.Op != token.NOT {
			break
		}
		v, holds = not.X, !holds
	}
	if c := f.condition(v); c != 0 {
		st.assumeCond(c, holds)
		return st
	}
	f.foundOutcome(&st, v, holds, b)
	f.found(&st, v, holds)
	if l, ok := f.lookOf(v, holds); ok {
		f.flagTested(&st, l, b)
		f.foundSet(&st, l)
	}
	f.foundZero(&st, v, holds)
	switch v := v.(type) {
	case *ssa.Call:
		if holds {
			f.tried(&st, v)
			f.wentWell(&st, v)
		}
	case *ssa.Extract:
		if holds {
			f.wentWell(&st, v)
		}
	case *ssa.BinOp:
		f.foundNil(&st, v, holds)
		f.foundNone(&st, v, holds)
		if s := selected(v); s != nil && holds && s.Dir == types.RecvOnly {
			f.wait(&st, f.paths(s.Chan), false)
			f.received(&st, s.Chan, b.Succs[i])
		} else if s != nil && holds {
			f.pause(&st, s.Chan, s.Send)
		}
	}
	return st
}

// condition returns the number of a boolean that is fixed for the call, for domain.Lock.Cond: i+1 for parameter i, or for a variable that
// only ever holds it, firstFree+i for captured variable i. It is 0 for any other.
func (f *function) condition(v ssa.Value) int8 {
	if load, ok := v.(*ssa.UnOp); ok && load.Op == token.MUL {
		switch x := load.X.(type) {
		case *ssa.FreeVar:
			return firstFree + int8(f.freeIndex(x))
		case *ssa.Alloc:
			if val := f.only(x); val != nil {
				v = val
			}
		}
	}
	if p, ok := v.(*ssa.Parameter); ok && f.paramIndex(p)+1 < allWell {
		return int8(f.paramIndex(p) + 1)
	}
	return 0
}

// firstFree is the first condition that is a captured variable.
const firstFree = 64

// assumeCond notes the value of a condition: locks taken under it are now held, or not.
func (st *state) assumeCond(c int8, holds bool) {
	if !holds {
		c = -c
	}
	if !slices.Contains(st.assume, c) {
		st.assume = append(slices.Clip(st.assume), c)
		slices.Sort(st.assume)
	}
	for _, l := range st.locks {
		switch l.Cond {
		case c:
			l.Maybe, l.Cond = false, 0
			st.locks = st.locks.With(l)
		case -c:
			st.locks = st.locks.Without(&l.Path)
		}
	}
}

// selected returns the case that was taken if the comparison v, made of the index that a select returned, holds; nil if it is none.
func selected(v *ssa.BinOp) *ssa.SelectState {
	if v.Op != token.EQL {
		return nil
	}
	ex, ok := v.X.(*ssa.Extract)
	if !ok || ex.Index != 0 {
		return nil
	}
	sel, ok := ex.Tuple.(*ssa.Select)
	k, isConst := v.Y.(*ssa.Const)
	if !ok || !isConst {
		return nil
	}
	i := int(k.Int64())
	if i < 0 || i >= len(sel.States) {
		return nil
	}
	return sel.States[i]
}
