package summary

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/domain"
)

// Branches: if … { mu.Lock(); defer mu.Unlock() }. Behind the join the lock may be held, which silences, because the condition may say when others are
// about: a mode of the object, a parameter, a lock that may be nil. It can't if it depends on nothing that the program keeps. Then the way around the
// branch is a way on which the lock is not held, and what every way from the join leads to is reached without it.

// gap is a lock that is not held on some way into a block, although it is on another.
type gap struct {
	lock domain.Path
	join *ssa.BasicBlock
}

// gapsAt returns the gaps where a and b are joined and leave these locks.
func (f *function) gapsAt(a, b *state, locks domain.Lockset) []gap {
	var out []gap
	for _, l := range locks {
		if !l.Maybe || l.Cond != 0 || l.Once {
			continue
		}
		left, right := a.hold(&l.Path), b.hold(&l.Path)
		g := gap{l.Path, a.into}
		switch {
		case left == right && left.state == inGap:
			g.join = left.join
		case !left.opens(a.into) || !right.opens(a.into) || !f.blind(a.into):
			continue
		}
		out = append(out, g)
	}
	return out
}

// hold is how a state holds a lock.
type hold struct {
	state holdState
	join  *ssa.BasicBlock // of a gap
}

type holdState uint8

const (
	notHeld holdState = iota
	heldSurely
	heldMaybe
	inGap
)

func (st *state) hold(lock *domain.Path) hold {
	l, ok := st.locks.Get(lock)
	switch i := st.gapOf(lock); {
	case !ok:
		return hold{state: notHeld}
	case !l.Maybe:
		return hold{state: heldSurely}
	case i >= 0:
		return hold{inGap, st.gaps[i].join}
	}
	return hold{state: heldMaybe}
}

// opens reports whether a way into join on which a lock is held like this can be one side of a gap there.
func (h hold) opens(join *ssa.BasicBlock) bool {
	return h.state == notHeld || h.state == heldSurely || h.state == inGap && h.join == join
}

func (st *state) gapOf(lock *domain.Path) int {
	return slices.IndexFunc(st.gaps, func(g gap) bool { return g.lock == *lock })
}

// withoutGaps returns the locks of st that may be held in block b.
func (f *function) withoutGaps(st *state, b *ssa.BasicBlock) domain.Lockset {
	locks := st.locks
	for _, g := range st.gaps {
		if l, ok := locks.Get(&g.lock); ok && l.Maybe && f.alwaysReached(g.join, b) {
			locks = locks.Without(&g.lock)
		}
	}
	return locks
}

// blind reports whether the branches that end at join depend on nothing that the program keeps. A loop is no branch.
func (f *function) blind(join *ssa.BasicBlock) bool {
	if join == nil || join.Idom() == nil {
		return false
	}
	seen := map[*ssa.BasicBlock]bool{}
	work := slices.Clone(join.Preds)
	for len(work) > 0 {
		b := work[len(work)-1]
		work = work[:len(work)-1]
		if b == join {
			return false
		}
		if seen[b] {
			continue
		}
		seen[b] = true
		if cond, ok := b.Instrs[len(b.Instrs)-1].(*ssa.If); ok && !blindValue(cond.Cond) {
			return false
		}
		if b != join.Idom() {
			work = append(work, b.Preds...)
		}
	}
	return true
}

// blindValue reports whether v depends on nothing that the program keeps: neither on variables that outlive the call, nor on what the caller says, nor
// on functions that could look at them.
func blindValue(v ssa.Value) bool {
	switch v := v.(type) {
	case *ssa.Const:
		return true
	case *ssa.BinOp:
		return blindValue(v.X) && blindValue(v.Y)
	case *ssa.Convert:
		return blindValue(v.X)
	case *ssa.ChangeType:
		return blindValue(v.X)
	case *ssa.Extract:
		return blindValue(v.Tuple)
	case *ssa.Call:
		fn := v.Call.StaticCallee()
		if fn == nil || fn.Pkg == nil || fn.Pkg == v.Parent().Pkg {
			return false
		}
		for _, a := range v.Call.Args {
			if !blindValue(a) {
				return false
			}
		}
		return true
	}
	return false
}

// alwaysReached reports whether every way from block a to a return passes block b.
func (f *function) alwaysReached(a, b *ssa.BasicBlock) bool {
	seen := map[*ssa.BasicBlock]bool{b: true}
	work := []*ssa.BasicBlock{a}
	for len(work) > 0 {
		x := work[len(work)-1]
		work = work[:len(work)-1]
		if seen[x] {
			continue
		}
		seen[x] = true
		if _, ok := x.Instrs[len(x.Instrs)-1].(*ssa.Return); ok {
			return false
		}
		work = append(work, x.Succs...)
	}
	return true
}
