package summary

import (
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/domain"
	"github.com/mapguard/mapguard/internal/models"
)

// The first to come starts a goroutine for all: under a sync.Once, or where a variable that all can see is found unset, and set there. However many come, there is one
// goroutine, until somebody unsets the variable, who will have ended it. Whether a lock is held around that is another question: without one the variable is raced
// for, and the goroutine is still meant to be one.

// startsFirst reports whether the instruction at hand, a go statement or a call that leads to one, is reached only by the first to come.
func (f *function) startsFirst() bool {
	if f.at == nil {
		return false
	}
	b := f.at.Block()
	for from := b.Idom(); from != nil; b, from = from, from.Idom() {
		branch, ok := from.Instrs[len(from.Instrs)-1].(*ssa.If)
		if !ok || len(b.Preds) != 1 {
			continue
		}
		if f.claims(branch.Cond, b == from.Succs[0]) {
			return true
		}
		addr, set := unsetWhere(branch.Cond)
		if addr != nil && set != (b == from.Succs[0]) && f.setsBelow(b, addr) {
			return true
		}
	}
	return false
}

// claims reports whether cond, if it is what holds says, tells that an atomic flag was unset and is set now.
func (f *function) claims(cond ssa.Value, holds bool) bool {
	if not, ok := cond.(*ssa.UnOp); ok && not.Op == token.NOT {
		return f.claims(not.X, !holds)
	}
	call, ok := cond.(*ssa.Call)
	if !ok || !holds {
		return false
	}
	known, _ := f.targets(&call.Call)
	return slices.ContainsFunc(known, func(t target) bool {
		return slices.ContainsFunc(f.u.effects(t), func(e models.Effect) bool { return e.Kind == models.Swap })
	})
}

// unsetWhere returns the address of the boolean, pointer, channel or function that cond asks for, and whether that is set where cond is true.
func unsetWhere(cond ssa.Value) (addr ssa.Value, setIf bool) {
	switch v := cond.(type) {
	case *ssa.UnOp:
		switch v.Op {
		case token.NOT:
			addr, setIf = unsetWhere(v.X)
			return addr, !setIf
		case token.MUL:
			return v.X, true
		}
	case *ssa.BinOp:
		load, ok := v.X.(*ssa.UnOp)
		if ok && load.Op == token.MUL && isNil(v.Y) && (v.Op == token.EQL || v.Op == token.NEQ) {
			return load.X, v.Op == token.NEQ
		}
	}
	return nil, false
}

// setsBelow reports whether what is reached by way of b alone sets the variable at addr, if that is one which others can see.
func (f *function) setsBelow(b *ssa.BasicBlock, addr ssa.Value) bool {
	v, ok := f.u.variableAt(addr)
	if !ok {
		return false
	}
	if cell, local := v.value.(*ssa.Alloc); local && cell.Parent() == f.fn {
		return false
	}
	for _, in := range f.fn.Blocks {
		if !b.Dominates(in) {
			continue
		}
		for _, instr := range in.Instrs {
			st, ok := instr.(*ssa.Store)
			if !ok || isUnset(st.Val) {
				continue
			}
			if to, ok := f.u.variableAt(st.Addr); ok && to == v {
				return true
			}
		}
	}
	return false
}

// isUnset reports whether v is the zero value of its type.
func isUnset(v ssa.Value) bool {
	c, ok := v.(*ssa.Const)
	return ok && (c.Value == nil || !isSet(c.Value))
}

// first reports whether the spawn is for all who come, as this function or a callee of it has found.
func (f *function) first(sp *domain.Spawn, locks domain.Lockset) bool {
	return sp.First || f.startsFirst() || f.underOnce(locks)
}

// underOnce reports whether what is done here under the locks is done once, however often f comes by: under a sync.Once, or what is like one, that is the same each time.
func (f *function) underOnce(locks domain.Lockset) bool {
	return slices.ContainsFunc(locks, func(l domain.Lock) bool {
		return l.Once && !l.Maybe && l.Mode == domain.WriteMode && !f.madeInTurn(&l.Path)
	})
}

// noteFirsts notes which goroutines of a callee there is one of, however many call it, or however often the turns of a loop do under those locks.
func (e *env) noteFirsts(spawns []domain.Spawn, locks domain.Lockset) {
	once := e.f.underOnce(locks)
	for i := range spawns {
		if spawns[i].First || once && spawns[i].Kind == domain.Go {
			e.firsts = domain.InsertSym(e.firsts, spawns[i].Site)
		}
	}
}

// madeInTurn reports whether p hangs on memory that is made in each turn of the loop around the instruction at hand.
func (f *function) madeInTurn(p *domain.Path) bool {
	made, ok := f.made[p.Root.Name].(ssa.Instruction)
	if p.Root.Kind != domain.Local || !ok {
		return false
	}
	l := f.innermost(f.at.Block())
	return l != nil && l[made.Block()]
}
