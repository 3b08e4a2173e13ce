package summary

import (
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/domain"
	"github.com/mapguard/mapguard/internal/models"
)

// A function that a call returns, and that takes a lock which the call has made for it: nobody but those who have this one function ever meet at the lock, so it is there
// because they call it at once. Who they are need not be seen.

// forMany says how such a function is called.
var forMany = models.Effect{Times: models.Many, Spawn: domain.Callback}

// forSeveral reports whether fn, a closure that f makes, is such a function, or makes one.
func (f *function) forSeveral(fn *ssa.Function) bool {
	return !f.inTest && returnedFrom(f.fn, fn) && f.u.takesItsOwn(fn)
}

// takesItsOwn reports whether the closure fn takes a lock that a function around it has made, or returns a closure that does. Goroutines that it starts may need one of their own.
func (u *unit) takesItsOwn(fn *ssa.Function) bool {
	takes := false
	eachInstr(fn, func(instr ssa.Instruction) {
		call, ok := instr.(*ssa.Call)
		takes = takes || ok && len(call.Call.Args) == 1 && u.madeAround(call.Call.Args[0]) && slices.ContainsFunc(effectsOf(&call.Call), func(e models.Effect) bool {
			return e.Kind == models.Acquire
		})
	})
	return takes || slices.ContainsFunc(fn.AnonFuncs, func(in *ssa.Function) bool { return returnedFrom(fn, in) && u.takesItsOwn(in) })
}

// madeAround reports whether lock is, or is a field of, what a function around the closure at hand has made for its closures alone.
func (u *unit) madeAround(lock ssa.Value) bool {
	for {
		switch v := lock.(type) {
		case *ssa.FieldAddr:
			lock = v.X
			continue
		case *ssa.UnOp:
			free, ok := v.X.(*ssa.FreeVar)
			if !ok || v.Op != token.MUL {
				return false
			}
			variable, ok := u.outermost(free).(*ssa.Alloc)
			if !ok || !keptInside(variable) {
				return false
			}
			made, ok := onlyStored(variable).(*ssa.Alloc)
			return ok && keptInside(made)
		case *ssa.FreeVar:
			made, ok := u.outermost(v).(*ssa.Alloc)
			return ok && keptInside(made)
		}
		return false
	}
}

// keptInside reports whether the function that makes v puts it into nothing but a variable of its own and closures, and hands it to nobody, so that whoever meets there has one of these.
func keptInside(v ssa.Value) bool {
	return !slices.ContainsFunc(*v.Referrers(), func(ref ssa.Instruction) bool {
		switch ref := ref.(type) {
		case *ssa.DebugRef, *ssa.MakeClosure:
			return false
		case *ssa.Store:
			_, variable := ref.Addr.(*ssa.Alloc)
			return !variable
		case *ssa.UnOp:
			return !keptInside(ref)
		case *ssa.FieldAddr:
			return false
		case *ssa.Call:
			return !usesLock(&ref.Call, v)
		}
		return true
	})
}

// returnedFrom reports whether fn is a closure that maker returns.
func returnedFrom(maker, fn *ssa.Function) bool {
	return slices.ContainsFunc(maker.Blocks, func(b *ssa.BasicBlock) bool {
		ret, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return)
		return ok && slices.ContainsFunc(ret.Results, func(v ssa.Value) bool {
			return slices.ContainsFunc(alternatives(Spilled(v)), func(v ssa.Value) bool {
				mc, ok := v.(*ssa.MakeClosure)
				return ok && mc.Fn == ssa.Value(fn)
			})
		})
	})
}
