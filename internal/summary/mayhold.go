package summary

import (
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/domain"
	"github.com/mapguard/mapguard/internal/models"
)

// MayHold reports whether other packages may hold the lock at loc when they call a method of objects of the type part: it is exported, what they can call leaves it held, or a function
// that has to do with the lock leads to code that is not seen, which may run under it.
func (r *Result) MayHold(loc, part domain.Sym) bool {
	holds := func(locks []domain.Lock) bool {
		return slices.ContainsFunc(locks, func(l domain.Lock) bool { return l.Path.Loc() == loc })
	}
	return token.IsExported(loc.Name()) || slices.ContainsFunc(r.Funcs, func(f *Func) bool {
		return !f.InTest && ((f.Entry == Exported || f.Entry == Uncalled) && (holds(f.Summary.Acquired) || holds(f.Summary.AcquiredWell)) ||
			callsUnseen(f.SSA, part) && r.comesFrom(f, loc))
	})
}

// comesFrom reports whether f, or one of those that lead to it, names the lock at loc. Whether it holds that when it gets here is not asked: to lock and to tell others of it is one thing.
func (r *Result) comesFrom(f *Func, loc domain.Sym) bool {
	seen := map[*Func]bool{}
	for todo := []*Func{f}; len(todo) > 0; {
		f := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if seen[f] {
			continue
		}
		seen[f] = true
		if mentions(f.SSA, loc) {
			return true
		}
		for _, c := range f.Callers {
			todo = append(todo, c.Fn)
		}
		if i := slices.IndexFunc(r.Funcs, func(o *Func) bool { return o.SSA == f.SSA.Parent() }); i >= 0 {
			todo = append(todo, r.Funcs[i]) // it may run a closure of its own
		}
	}
	return false
}

// mentions reports whether fn takes the address of what is at loc.
func mentions(fn *ssa.Function, loc domain.Sym) bool {
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			if addr, ok := instr.(*ssa.FieldAddr); ok && FieldSym(addr) == loc {
				return true
			}
		}
	}
	return false
}

// callsUnseen reports whether fn calls, itself and at once, what is not seen: a function that it was given, a method of an interface that others may implement, or somebody who gets an
// object of the type as an interface. Interfaces of the standard library have their own affairs.
func callsUnseen(fn *ssa.Function, part domain.Sym) bool {
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			switch instr := instr.(type) {
			case *ssa.MakeInterface:
				if typeSym(instr.X.Type()) == part && !returned(instr) {
					return true
				}
			case *ssa.Call:
				if unseen(&instr.Call) {
					return true
				}
			case *ssa.Defer:
				if unseen(&instr.Call) {
					return true
				}
			}
		}
	}
	return false
}

func unseen(c *ssa.CallCommon) bool {
	if c.IsInvoke() {
		return c.Method.Exported() && c.Method.Pkg() != nil && !models.IsStd(c.Method.Pkg().Path())
	}
	switch c.Value.(type) {
	case *ssa.Builtin, *ssa.Function, *ssa.MakeClosure:
		return false
	}
	return true
}

// returned reports whether nothing but a return uses v.
func returned(v *ssa.MakeInterface) bool {
	return !slices.ContainsFunc(*v.Referrers(), func(instr ssa.Instruction) bool {
		_, ok := instr.(*ssa.Return)
		return !ok
	})
}
