package summary

import (
	"go/constant"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/domain"
)

// Locks that a function returns with if all went well: what finds no error, or true, has the lock; otherwise the function has given it up, or not taken it.

// allWell is the condition, for domain.Lock.Cond, that the function is about to return no error, or true.
const allWell = firstFree - 1

// outcome says how f ends, by its last result.
type outcome struct {
	known   bool       // it is an error or a boolean
	of      ssa.Value  // the value of which branches find out whether all went well
	several bool       // there are more of these
	at      *ssa.Alloc // the variable that returns give back
}

// ends returns how f ends.
func (f *function) ends() *outcome {
	if f.outcome != nil {
		return f.outcome
	}
	f.outcome = &outcome{}
	res := f.fn.Signature.Results()
	if res.Len() == 0 || !isOutcome(res.At(res.Len()-1).Type()) {
		return f.outcome
	}
	f.outcome.known = true
	for _, b := range f.fn.Blocks {
		if ret, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return); ok {
			f.outcome.note(f, ret.Results[len(ret.Results)-1])
		}
	}
	return f.outcome
}

// note notes that a return gives v back.
func (o *outcome) note(f *function, v ssa.Value) {
	if load, ok := v.(*ssa.UnOp); ok && load.Op == token.MUL {
		if at, ok := load.X.(*ssa.Alloc); ok && !f.stores(at).open {
			o.at = at
			return
		}
	}
	if _, ok := v.(*ssa.Const); ok || surelyError(v) {
		return
	}
	if o.of != nil && o.of != v {
		o.several = true // a branch on the one says nothing of the other
	}
	o.of = v
}

func isOutcome(t types.Type) bool {
	return isError(t) || isBool(t)
}

// foundOutcome notes that a branch at the end of b has found out whether all went well.
func (f *function) foundOutcome(st *state, v ssa.Value, holds bool, b *ssa.BasicBlock) {
	if cmp, ok := v.(*ssa.BinOp); ok {
		if !isNil(cmp.Y) || !isError(cmp.X.Type()) {
			return
		}
		v, holds = cmp.X, holds == (cmp.Op == token.EQL)
	}
	if !isOutcome(v.Type()) {
		return
	}
	o := f.ends()
	if load, ok := v.(*ssa.UnOp); o.says(v) && (!ok || o.of == v || unchangedSince(load, b)) {
		st.assumeCond(allWell, holds)
	}
}

// unchangedSince reports whether the variable is not set between load and the end of b.
func unchangedSince(load *ssa.UnOp, b *ssa.BasicBlock) bool {
	at := slices.Index(b.Instrs, ssa.Instruction(load))
	return at >= 0 && !slices.ContainsFunc(b.Instrs[at:], func(instr ssa.Instruction) bool {
		st, ok := instr.(*ssa.Store)
		return ok && st.Addr == load.X
	})
}

// outcomeStored notes what is going to be returned, where it is put into its variable.
func (f *function) outcomeStored(st *state, store *ssa.Store) {
	if !isOutcome(store.Val.Type()) || f.ends().at != store.Addr {
		return
	}
	st.forgetCond(allWell)
	if well, sure := goesWell(store.Val); sure {
		st.assumeCond(allWell, well)
	}
}

// goesWell reports whether v says that all went well, and whether that is sure.
func goesWell(v ssa.Value) (well, sure bool) {
	if c, ok := v.(*ssa.Const); ok {
		return c.IsNil() || c.Value != nil && c.Value.Kind() == constant.Bool && constant.BoolVal(c.Value), true
	}
	return false, surelyError(v)
}

// forgetCond drops what is known of a condition, and what depends on it.
func (st *state) forgetCond(c int8) {
	of := func(x int8) bool { return x == c || x == -c }
	if slices.ContainsFunc(st.assume, of) {
		st.assume = slices.DeleteFunc(slices.Clone(st.assume), of)
	}
	for _, l := range st.locks {
		if of(l.Cond) {
			l.Cond = 0
			st.locks = st.locks.With(l)
		}
	}
}

// noteWell notes the locks that a return leaves held where it says that all went well.
func (f *function) noteWell(ret *ssa.Return, st *state) {
	if len(ret.Results) == 0 {
		return
	}
	o := f.ends()
	if !o.known {
		f.leavesHeld(lentOut(f, ret, st.locks.Sure()))
		return
	}
	v := Spilled(ret.Results[len(ret.Results)-1])
	if well, sure := goesWell(v); sure && !well || slices.Contains(st.assume, -allWell) && o.says(v) {
		return
	}
	there := *st
	switch {
	case o.says(v):
		there.assumeCond(allWell, true)
	default:
		there.forgetCond(allWell)
	}
	if call, ok := v.(*ssa.Call); ok && !isError(v.Type()) {
		f.tried(&there, call)
	}
	held := there.locks.Sure()
	f.leavesHeld(held.Union(lentOut(f, ret, held)))
}

// leavesHeld notes the locks that are held at a return, after which all went well: they are so at each.
func (f *function) leavesHeld(held domain.Lockset) {
	if f.endsWell {
		held = slices.DeleteFunc(slices.Clone(held), func(l domain.Lock) bool {
			m, ok := f.wellHeld.Get(&l.Path)
			return !ok || m.Mode != l.Mode
		})
	}
	f.wellHeld, f.endsWell = held, true
}

// lentOut returns the locks that results have, of those held: what was found, or made, has no other name for the caller. It is one of several things, each of which is locked.
func lentOut(f *function, ret *ssa.Return, held domain.Lockset) (out domain.Lockset) {
	if !slices.ContainsFunc(held, func(l domain.Lock) bool { return l.Path.Root.Kind == domain.Local }) {
		return nil
	}
	for i, v := range ret.Results {
		if !isReference(v.Type()) {
			continue
		}
		paths := f.paths(v)
		for _, l := range held {
			if len(paths) == 0 || !paths[0].LeadsTo(&l.Path) {
				continue
			}
			_, rest := l.Path.Cut(len(paths[0].Sel()))
			if slices.ContainsFunc(paths, func(p domain.Path) bool {
				q := p.Along(rest)
				m, ok := held.Get(&q)
				return !ok || m.Mode != l.Mode
			}) {
				continue
			}
			l.Path = domain.Of(domain.Root{Kind: domain.Result, Index: int16(i), Type: typeSym(v.Type())}).Along(rest)
			out.Add(&l)
		}
	}
	return out
}

// says reports whether what branches found out is of v, which a return gives back.
func (o *outcome) says(v ssa.Value) bool {
	load, ok := v.(*ssa.UnOp)
	return o.of != nil && o.of == v && !o.several || ok && o.at != nil && load.X == ssa.Value(o.at)
}

// wentWell notes the locks that a call has left held, and what it has waited for, if what it returned says that all went well.
func (f *function) wentWell(st *state, v ssa.Value) {
	if ex, ok := v.(*ssa.Extract); ok {
		if tuple, ok := ex.Tuple.Type().(*types.Tuple); !ok || ex.Index != tuple.Len()-1 {
			return
		}
		v = ex.Tuple
	}
	call, ok := v.(*ssa.Call)
	if !ok {
		return
	}
	known, _ := f.targets(&call.Call)
	if len(known) != 1 || f.u.effects(known[0]) != nil {
		return
	}
	sum := f.u.summaryOf(known[0])
	if sum == nil || len(sum.AcquiredWell)+len(sum.JoinsNil) == 0 {
		return
	}
	e := f.env(known[0], call)
	for _, l := range e.translateLocks(nil, sum.AcquiredWell, false) {
		st.locks = st.locks.With(l)
	}
	f.wait(st, e.set(sum.JoinsNil), true)
}

// leftHeld tells callers of the locks that are left held, if all went well or in any case.
func (f *function) leftHeld(sum *domain.Summary, exit *state) {
	for _, l := range f.wellHeld {
		held, ok := exit.locks.Get(&l.Path)
		switch {
		case l.Path.Root.Kind == domain.Local || domain.HasPath(sum.Released, l.Path) || ok && !held.Maybe:
		case f.ends().known:
			sum.AcquiredWell = append(sum.AcquiredWell, l)
		default:
			(*domain.Lockset)(&sum.Acquired).Add(&l)
		}
	}
}
