package summary

import (
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/domain"
	"github.com/mapguard/mapguard/internal/models"
)

// findUnlocked finds the package variables that hold a map which functions write, and which no function touches that takes a lock itself. This package
// can't say more of them than that they are exposed; a package that calls such functions on goroutines of its own knows what they meet there. A
// variable with a lock is judged here, once.
func (u *unit) findUnlocked(funcs []*ssa.Function) {
	locked := map[*ssa.Global]bool{}
	for _, fn := range funcs {
		if isSetup(fn) {
			continue
		}
		touched, written, locks := u.variablesIn(fn)
		for g := range touched {
			locked[g] = locked[g] || locks
		}
		for g := range written {
			u.unlocked[variableSym(g)] = true
		}
	}
	for g, is := range locked {
		if is {
			delete(u.unlocked, variableSym(g))
		}
	}
}

// variablesIn returns the package variables with a map that fn mentions, those whose map it writes, and whether it takes a lock.
func (u *unit) variablesIn(fn *ssa.Function) (touched, written map[*ssa.Global]bool, locks bool) {
	touched, written = map[*ssa.Global]bool{}, map[*ssa.Global]bool{}
	note := func(set map[*ssa.Global]bool, v ssa.Value) {
		if load, ok := v.(*ssa.UnOp); ok {
			if g, ok := load.X.(*ssa.Global); ok && g.Pkg == u.pkg && isMap(load.Type()) {
				set[g] = true
			}
		}
	}
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			switch instr := instr.(type) {
			case *ssa.UnOp:
				note(touched, instr)
			case *ssa.MapUpdate:
				note(written, instr.Map)
			case *ssa.Call:
				if b, ok := instr.Call.Value.(*ssa.Builtin); ok && mapBuiltins[b.Name()].ContentWrite() {
					note(written, instr.Call.Args[0])
				}
				locks = locks || takesLock(instr)
			}
		}
	}
	return touched, written, locks
}

// takesLock reports whether the call takes a lock, whatever else it does.
func takesLock(call *ssa.Call) bool {
	if does(call, models.Acquire, models.Try, models.Once) {
		return true
	}
	obj := call.Call.Method
	if callee := call.Call.StaticCallee(); callee != nil {
		obj, _ = callee.Object().(*types.Func)
	}
	if obj == nil {
		return false
	}
	e, ok := models.LockMethod(obj)
	return ok && e.Kind != models.Release
}

func variableSym(g *ssa.Global) domain.Sym {
	return domain.InternMember(g.Pkg.Pkg.Path(), g.Name())
}

// tells reports whether other packages are told of an access to a package variable: to one of this package that has no lock, or to one of a package further
// down, of which this one was told.
func (u *unit) tells(a *domain.Access) bool {
	name := a.Path.Root.Name
	ours := strings.HasPrefix(name.String(), u.pass.Pkg.Path()+".")
	return len(a.Path.Sel()) == 0 && a.Kind.Content() && len(a.Locks) == 0 && a.Site == 0 && (!ours || u.unlocked[name])
}
