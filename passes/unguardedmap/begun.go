package unguardedmap

import (
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/domain"
	"github.com/mapguard/mapguard/internal/flow"
	"github.com/mapguard/mapguard/internal/pairs"
	"github.com/mapguard/mapguard/internal/summary"
)

// Begun: a function that makes an object's map and then starts the worker that looks into it (Start, Init) is what all writers come after, whoever calls them: what was
// written before is gone, and where the constructor has made no map, it could not be written at all. So the worker is running whenever somebody writes.

// begunBefore reports whether a writes, in a function that others call, to a map that was made, in every case, before the goroutine of b was started, or registered by a function that
// starts another goroutine after that: the server that has it.
func (r *reporter) begunBefore(g pairs.Group, a, b *pairs.Touch) bool {
	if a.Spawn != nil || a.Fn.Entry != summary.Exported && a.Fn.Entry != summary.Uncalled || !a.Kind.ContentWrite() || a.Path.Root.Kind != domain.Param {
		return false
	}
	if b.Spawn == nil || b.Fn == a.Fn || b.Path.Root.Kind != domain.Param || slices.ContainsFunc(b.Joined, r.isOurs) || !r.startsItself(b) {
		return false
	}
	started := r.instrAt(b.Fn.SSA, b.Spawn.Pos)
	if started == nil || b.Spawn.Kind.Registered() && !goesAfter(started) {
		return false
	}
	return r.alwaysMade(g.Loc, b.Fn.SSA, started)
}

// alwaysMade reports whether fn sets the map variable at loc, a field, to a new map on every way to started, and no other function does so but for objects of its own.
func (r *reporter) alwaysMade(loc domain.Sym, fn *ssa.Function, started ssa.Instruction) bool {
	made := false
	for _, st := range r.stores(loc) {
		if st.Parent() != fn {
			return false // its writers may come before the worker
		}
		_, anew := st.Val.(*ssa.MakeMap)
		made = made || anew && flow.Precedes(st, started)
	}
	return made
}

// stores returns what sets the map variable at loc, a field, outside of tests, in objects that the function at hand has not made.
func (r *reporter) stores(loc domain.Sym) []*ssa.Store {
	if r.sets == nil {
		r.sets = map[domain.Sym][]*ssa.Store{}
		for _, f := range r.res.Funcs {
			if !f.InTest {
				r.noteStores(f.SSA)
			}
		}
	}
	return r.sets[loc]
}

func (r *reporter) noteStores(fn *ssa.Function) {
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			st, ok := instr.(*ssa.Store)
			if !ok || !summary.IsMap(st.Val.Type()) {
				continue
			}
			if addr, ok := st.Addr.(*ssa.FieldAddr); ok {
				if _, own := addr.X.(*ssa.Alloc); !own {
					loc := summary.FieldSym(addr)
					r.sets[loc] = append(r.sets[loc], st)
				}
			}
		}
	}
}

// instrAt returns the instruction of fn at pos that starts something.
func (r *reporter) instrAt(fn *ssa.Function, pos domain.Pos) ssa.Instruction {
	at := r.res.At(pos)
	if at == token.NoPos {
		return nil
	}
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			switch instr.(type) {
			case *ssa.Go, *ssa.Call, *ssa.MakeClosure:
				if instr.Pos() == at {
					return instr
				}
			}
		}
	}
	return nil
}

// goesAfter reports whether a go statement comes after instr, and never without it.
func goesAfter(instr ssa.Instruction) bool {
	for _, b := range instr.Parent().Blocks {
		for _, other := range b.Instrs {
			if _, ok := other.(*ssa.Go); ok && flow.Precedes(instr, other) {
				return true
			}
		}
	}
	return false
}
