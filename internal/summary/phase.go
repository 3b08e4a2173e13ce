package summary

import (
	"go/constant"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/domain"
)

// Phases: a setter takes the lock and refuses if a flag is set; who sets the flag then starts the goroutines, which read without the lock. A
// flag orders like a sync.Once, and is held as one: exclusively where it was found unset under a lock, until that is released, and shared, for ever,
// where it was set.

// flagUnset notes that the boolean v, loaded in block b under a lock, was found to be false.
func (f *function) flagUnset(st *state, v ssa.Value, b *ssa.BasicBlock) {
	load, ok := v.(*ssa.UnOp)
	if !ok || load.Block() != b || len(st.locks.Sure()) == 0 || calledAfter(b, load) {
		return
	}
	if p, ok := f.flag(load.X); ok {
		st.locks = st.locks.Without(&p).With(domain.Lock{Path: p, Mode: domain.WriteMode, Once: true})
	}
}

// calledAfter reports whether b calls something after instr: a lock may have been released since.
func calledAfter(b *ssa.BasicBlock, instr ssa.Instruction) bool {
	i := slices.Index(b.Instrs, instr)
	return slices.ContainsFunc(b.Instrs[i+1:], func(instr ssa.Instruction) bool {
		_, ok := instr.(ssa.CallInstruction)
		return ok
	})
}

// flagStored notes a store to a boolean that others can see.
func (f *function) flagStored(st *state, store *ssa.Store) {
	p, ok := f.flag(store.Addr)
	if !ok {
		return
	}
	st.locks = st.locks.Without(&p)
	if c, ok := store.Val.(*ssa.Const); ok && c.Value != nil && constant.BoolVal(c.Value) {
		st.locks = st.locks.With(domain.Lock{Path: p, Mode: domain.ReadMode, Once: true})
	}
}

// flag returns the path of the boolean field or package variable at addr.
func (f *function) flag(addr ssa.Value) (domain.Path, bool) {
	if b, ok := deref(addr.Type()).Underlying().(*types.Basic); !ok || b.Kind() != types.Bool {
		return domain.Path{}, false
	}
	paths := f.paths(addr)
	if len(paths) != 1 || paths[0].Loc() == 0 {
		return domain.Path{}, false
	}
	return paths[0], true
}

// past returns what surely came before this point for good, and so before whatever is started here: completed functions of a sync.Once, and
// flags set.
func (st *state) past() domain.Lockset {
	var out domain.Lockset
	for _, l := range st.locks {
		if l.Once && !l.Maybe && l.Mode == domain.ReadMode {
			out = append(out, l)
		}
	}
	return out
}

// noteStarted records that goroutines are started while these flags are set.
func (f *function) noteStarted(st *state, out *collector) {
	if out == nil {
		return
	}
	for _, l := range st.past() {
		f.u.started[l.Path.Loc()] = true
	}
}
