package summary

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/domain"
)

// Locks of several objects: a helper that locks two, in an order that they have, locks one of them if they are the same; and one that gets a list locks each.

// alsoNamed returns other names of a lock where a branch has found two pointers equal: the lock of the one is the lock of the other.
func (f *function) alsoNamed(lock domain.Path) (out []domain.Path) {
	if f.at == nil || f.at.Block() == nil || len(lock.Sel()) == 0 {
		return nil
	}
	for d := f.at.Block(); d.Idom() != nil; d = d.Idom() {
		at := d.Idom()
		branch, ok := at.Instrs[len(at.Instrs)-1].(*ssa.If)
		if !ok {
			continue
		}
		cmp, ok := branch.Cond.(*ssa.BinOp)
		if !ok || !equalOn(cmp, at, d) {
			continue
		}
		x, y := f.paths(cmp.X), f.paths(cmp.Y)
		if len(x) != 1 || len(y) != 1 {
			continue
		}
		for _, two := range [2][2]domain.Path{{x[0], y[0]}, {y[0], x[0]}} {
			if n := len(two[0].Sel()); n < len(lock.Sel()) {
				if head, rest := lock.Cut(n); head == two[0] {
					q := two[1]
					q = q.Along(rest)
					out = append(out, q)
				}
			}
		}
	}
	return out
}

// equalOn reports whether cmp, on which at branches, compares two pointers that are equal wherever to is reached.
func equalOn(cmp *ssa.BinOp, at, to *ssa.BasicBlock) bool {
	if _, ok := cmp.X.Type().Underlying().(*types.Pointer); !ok || isNil(cmp.Y) || isNil(cmp.X) {
		return false
	}
	equal := at.Succs[1]
	switch cmp.Op {
	case token.EQL:
		equal = at.Succs[0]
	case token.NEQ:
	default:
		return false
	}
	return len(equal.Preds) == 1 && equal.Dominates(to)
}

// ofListed reports whether a lock is that of an element of a list that the function was given. Left held on some paths, it is so on all: the list was empty, or
// had something twice.
func ofListed(lock *domain.Path) bool {
	return lock.Root.Kind == domain.Param && len(lock.Sel()) > 1 && lock.Sel()[0] == domain.Elem
}
