package summary

import (
	"go/constant"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/domain"
	"github.com/mapguard/mapguard/internal/flow"
)

// Counters: a WaitGroup made of a number, its lock and a sync.Cond. Who starts a goroutine counts it, the goroutine counts itself off at its end, and
//
//	for s.workers > 0 {
//		s.cond.Wait()
//	}
//
// is over when all are. The key is the number.

// findCounters finds the fields that a function waits to see at zero.
func (u *unit) findCounters(funcs []*ssa.Function) {
	for _, fn := range funcs {
		if !waitsForCond(fn) {
			continue
		}
		cyclic := flow.Cyclic(fn)
		for _, b := range fn.Blocks {
			if cond, ok := b.Instrs[len(b.Instrs)-1].(*ssa.If); ok && cyclic[b.Index] {
				if addr, _ := againstZero(cond.Cond); addr != nil {
					u.counters[fieldOf(addr)] = true
				}
			}
		}
	}
}

func waitsForCond(fn *ssa.Function) bool {
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			if call, ok := instr.(*ssa.Call); ok && isCondWait(call) {
				return true
			}
		}
	}
	return false
}

// againstZero returns the field of which v compares the value with zero, and the outcome that says that it is zero; nil if v is no such comparison.
func againstZero(v ssa.Value) (addr *ssa.FieldAddr, zero bool) {
	cmp, ok := v.(*ssa.BinOp)
	if !ok {
		return nil, false
	}
	c, isConst := cmp.Y.(*ssa.Const)
	load, isLoad := cmp.X.(*ssa.UnOp)
	if !isConst || !isLoad || c.Value == nil || c.Value.Kind() != constant.Int || constant.Sign(c.Value) != 0 {
		return nil, false
	}
	addr, _ = load.X.(*ssa.FieldAddr)
	switch cmp.Op {
	case token.GTR, token.NEQ:
		return addr, false
	case token.EQL, token.LEQ:
		return addr, true
	}
	return nil, false
}

func fieldOf(addr *ssa.FieldAddr) *types.Var {
	return deref(addr.X.Type()).Underlying().(*types.Struct).Field(addr.Field).Origin()
}

// counted notes that a store counts somebody in, or this goroutine off.
func (f *function) counted(st *state, store *ssa.Store) {
	addr, ok := store.Addr.(*ssa.FieldAddr)
	sum, isSum := store.Val.(*ssa.BinOp)
	if !ok || !isSum || len(f.u.counters) == 0 || !f.u.counters[fieldOf(addr)] {
		return
	}
	switch keys := sorted(f.paths(addr)); sum.Op {
	case token.ADD:
		st.expected = domain.UnionPaths(st.expected, keys)
	case token.SUB:
		f.answer(st, keys)
		f.goOn(st, keys)
		f.signal(st, keys)
	}
}

// foundZero notes what a branch on v has found of counters.
func (f *function) foundZero(st *state, v ssa.Value, holds bool) {
	if len(f.u.counters) == 0 {
		return
	}
	if addr, zero := againstZero(v); addr != nil && holds == zero && f.u.counters[fieldOf(addr)] {
		f.wait(st, f.paths(addr), true)
	}
}
