package summary

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/domain"
)

// A lock of an object that there need not be: if q != nil { q.mu.Lock() }. Where there is none, nobody touches what is in it, so that behind the join the lock is
// held for whatever is done to q. Taken for a lock that may be held, it was lost where a helper does that.

// foundNone notes what the comparison cmp finds to be nil. What hangs on that is no lock.
func (f *function) foundNone(st *state, cmp *ssa.BinOp, holds bool) {
	c, ok := cmp.Y.(*ssa.Const)
	if !ok || !c.IsNil() || cmp.Op != token.EQL && cmp.Op != token.NEQ || holds != (cmp.Op == token.EQL) {
		return
	}
	if _, ok := cmp.X.Type().Underlying().(*types.Pointer); !ok {
		return
	}
	paths := f.paths(cmp.X)
	if len(paths) != 1 {
		return
	}
	none := paths[0]
	st.none = domain.InsertPath(st.none, none)
	for _, l := range st.locks {
		if hangsOn(&l.Path, &none) {
			st.locks = st.locks.Without(&l.Path)
		}
	}
}

// heldBesides returns the locks of st, where it is joined with o, and those of o that hang on what st has found to be nil.
func heldBesides(st, o *state) domain.Lockset {
	locks := st.locks
	for _, l := range o.locks {
		if _, held := locks.Get(&l.Path); !held && slices.ContainsFunc(st.none, func(p domain.Path) bool { return hangsOn(&l.Path, &p) }) {
			locks = locks.With(l)
		}
	}
	return locks
}

// hangsOn reports whether the lock is a part of the object at p.
func hangsOn(lock, p *domain.Path) bool {
	root, of := lock.Root, p.Root
	root.Type, of.Type = 0, 0
	n := len(p.Sel())
	return root == of && len(lock.Sel()) > n && slices.Equal(lock.Sel()[:n], p.Sel())
}

// unsettles reports whether instr may set what was found to be nil.
func unsettles(instr ssa.Instruction) bool {
	switch instr.(type) {
	case *ssa.Store, ssa.CallInstruction:
		return true
	}
	return false
}
