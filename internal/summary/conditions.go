package summary

import (
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/domain"
	"github.com/mapguard/mapguard/internal/models"
)

// Conditions: what is started if an option is set is waited for if it is set, often in two functions. A field that nothing sets once its object is made
// says the same in both. A goroutine knows under which such conditions it was started (domain.Spawn.When), and a wait on one branch holds under the
// condition of that branch (domain.JoinIf).

// maxConditions bounds the conditions that a state holds.
const maxConditions = 8

// findSettable finds the fields that are set elsewhere than in an object which the same function makes.
func (u *unit) findSettable(fn *ssa.Function) {
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			st, ok := instr.(*ssa.Store)
			if !ok {
				continue
			}
			if addr, ok := st.Addr.(*ssa.FieldAddr); ok && !makesHere(addr.X) {
				u.settable[fieldSym(addr.X.Type(), addr.Field)] = true
			}
		}
	}
}

// makesHere reports whether the object at addr was made by the function.
func makesHere(addr ssa.Value) bool {
	for {
		switch x := addr.(type) {
		case *ssa.FieldAddr:
			addr = x.X
		case *ssa.Alloc:
			return true
		case *ssa.UnOp:
			v, ok := x.X.(*ssa.Alloc)
			if !ok {
				return false
			}
			vals := newStoreInfo(v, v).vals
			return len(vals) > 0 && !slices.ContainsFunc(vals, func(val ssa.Value) bool { _, made := val.(*ssa.Alloc); return !made })
		default:
			return false
		}
	}
}

// fixed returns the condition that v, a boolean, is if it only depends on a field that is not set any more; 0 if it is none. It is told apart by the
// location of the field.
func (f *function) fixed(v ssa.Value, holds bool) domain.Sym {
	text := ""
	if cmp, ok := v.(*ssa.BinOp); ok {
		c, isConst := cmp.Y.(*ssa.Const)
		if !isConst {
			return 0
		}
		op := cmp.Op
		switch op {
		case token.NEQ:
			op, holds = token.EQL, !holds
		case token.LEQ:
			op, holds = token.GTR, !holds
		case token.GEQ:
			op, holds = token.LSS, !holds
		}
		v, text = cmp.X, op.String()+c.Name()
	}
	load, ok := v.(*ssa.UnOp)
	if !ok || load.Op != token.MUL {
		return 0
	}
	addr, ok := load.X.(*ssa.FieldAddr)
	if !ok || f.u.settable[fieldSym(addr.X.Type(), addr.Field)] {
		return 0
	}
	paths := f.paths(addr)
	if len(paths) != 1 || paths[0].Loc() == 0 {
		return 0
	}
	cond := domain.Intern(paths[0].Loc().String() + text)
	if !holds {
		cond = domain.Not(cond)
	}
	return cond
}

// found notes that a branch has found v to be so. Only functions that start or wait for goroutines themselves take note.
func (f *function) found(st *state, v ssa.Value, holds bool) {
	if !f.joins() || len(st.when) >= maxConditions {
		return
	}
	cond := f.fixed(v, holds)
	if cond == 0 {
		return
	}
	st.when = domain.InsertSym(st.when, cond)
	not := domain.Not(cond)
	f.drop(st, func(sp *domain.Spawn) bool { return domain.HasSym(sp.When, not) })
}

// drop takes spawns out of those that may be running.
func (f *function) drop(st *state, over func(*domain.Spawn) bool) {
	gone := func(site domain.Sym) bool { sp := f.spawns[site]; return sp != nil && over(sp) }
	if slices.ContainsFunc(st.running, gone) {
		st.running = slices.DeleteFunc(slices.Clone(st.running), gone)
	}
}

// joins reports whether f itself starts goroutines or waits for any.
func (f *function) joins() bool {
	if f.joining == nil {
		found := false
		for _, b := range f.fn.Blocks {
			for _, instr := range b.Instrs {
				switch instr := instr.(type) {
				case *ssa.Go:
					found = true
				case *ssa.UnOp:
					found = found || instr.Op == token.ARROW
				case *ssa.Call:
					found = found || does(instr, models.Spawn, models.Wait)
				}
			}
		}
		f.joining = &found
	}
	return *f.joining
}

// meetWaits returns what both have waited for under a condition: one has waited, and the other has, too, or has found the condition not to hold.
func meetWaits(a, b *state) []domain.JoinIf {
	var out []domain.JoinIf
	for _, s := range [2][2]*state{{a, b}, {b, a}} {
		one, other := s[0], s[1]
		for _, j := range one.waitsIf {
			if other.waitedIf(j) {
				out = domain.InsertJoinIf(out, j)
			}
		}
		if len(one.when) == 0 || len(other.when) == 0 {
			continue
		}
		for _, k := range one.waits {
			for _, c := range one.when {
				if j := (domain.JoinIf{If: c, Key: k}); !domain.HasPath(other.waits, k) && other.waitedIf(j) {
					out = domain.InsertJoinIf(out, j)
				}
			}
		}
	}
	return out[:min(len(out), maxKeys)]
}

func (st *state) waitedIf(j domain.JoinIf) bool {
	return domain.HasJoinIf(st.waitsIf, j) || domain.HasPath(st.waits, j.Key) || domain.HasSym(st.when, domain.Not(j.If))
}

// waitIf notes that a callee has waited for the keys if the condition holds.
func (f *function) waitIf(st *state, cond domain.Sym, keys []domain.Path) {
	if domain.HasSym(st.when, cond) {
		f.wait(st, keys, true)
		return
	}
	for _, k := range keys {
		if len(st.waitsIf) < maxKeys {
			st.waitsIf = domain.InsertJoinIf(st.waitsIf, domain.JoinIf{If: cond, Key: k})
		}
		f.drop(st, func(sp *domain.Spawn) bool { return domain.HasSym(sp.When, cond) && hears(sp, k).any() })
	}
}
