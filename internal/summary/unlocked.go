package summary

import (
	"go/types"
	"maps"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/domain"
	"github.com/mapguard/mapguard/internal/models"
)

// findUnlocked finds the package variables that hold a map which functions write, and which no function touches that takes a lock itself; or an object with such
// a map and no lock. This package can't say more of them than that they are exposed; a package that calls such functions on goroutines of its own knows what
// they meet there. A variable with a lock is judged here, once.
func (u *unit) findUnlocked(funcs []*ssa.Function) {
	written, locked := map[kept]bool{}, map[kept]bool{}
	for _, fn := range funcs {
		if isSetup(fn) || u.inTest(fn) {
			continue
		}
		s := unlockedScan{u: u, touched: map[kept]bool{}, written: written}
		s.scan(fn)
		if s.locks {
			maps.Copy(locked, s.touched)
		}
	}
	for _, member := range u.pkg.Members {
		g, ok := member.(*ssa.Global)
		if !ok || locked[kept{global: g}] {
			continue
		}
		of := kept{owner: objectOf(g)}
		u.unlocked[variableSym(g)] = written[kept{global: g}] || of.owner != 0 && written[of] && !locked[of]
	}
}

// kept is what is found out of: a package variable, or a type whose objects have a map.
type kept struct {
	global *ssa.Global
	owner  domain.Sym
}

// objectOf returns the type of the object that g holds, if that is a struct of its package which has no lock, 0 otherwise.
func objectOf(g *ssa.Global) domain.Sym {
	t := deref(g.Type())
	named, ok := types.Unalias(deref(t)).(*types.Named)
	if !ok || named.Obj().Pkg() != g.Pkg.Pkg || locksItself(named) {
		return 0
	}
	if _, ok := named.Underlying().(*types.Struct); !ok {
		return 0
	}
	return typeSym(named)
}

// unlockedScan finds which variables and types with a map a function mentions, those whose map it writes, and whether it takes a lock.
type unlockedScan struct {
	u                *unit
	touched, written map[kept]bool
	locks            bool
}

func (s *unlockedScan) scan(fn *ssa.Function) {
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			switch instr := instr.(type) {
			case *ssa.UnOp:
				s.note(s.touched, instr)
			case *ssa.MapUpdate:
				s.note(s.written, instr.Map)
			case *ssa.Call:
				if b, ok := instr.Call.Value.(*ssa.Builtin); ok && mapBuiltins[b.Name()].ContentWrite() {
					s.note(s.written, instr.Call.Args[0])
				}
				s.locks = s.locks || takesLock(instr) && !(len(instr.Call.Args) == 1 && privateLock(instr.Call.Args[0]))
			}
		}
	}
}

// note adds the variable that v is loaded from to a set, if it holds a map, or an object; or the type of which it is a field with a map.
func (s *unlockedScan) note(set map[kept]bool, v ssa.Value) {
	load, ok := v.(*ssa.UnOp)
	if !ok {
		return
	}
	switch x := load.X.(type) {
	case *ssa.Global:
		if x.Pkg == s.u.pkg && (IsMap(load.Type()) || objectOf(x) != 0) {
			set[kept{global: x}] = true
		}
	case *ssa.FieldAddr:
		if IsMap(load.Type()) {
			set[kept{owner: typeSym(x.X.Type())}] = true
		}
	}
}

// takesLock reports whether the call takes a lock, whatever else it does.
func takesLock(call *ssa.Call) bool {
	if does(call, models.Acquire, models.Try, models.Once) {
		return true
	}
	obj := calledByName(&call.Call)
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
	within := len(a.Path.Sel()) // of an object of ours, the map in it
	return (within == 0 || ours && within == 1) && a.Kind.Content() && len(a.Locks) == 0 && a.Site == 0 && (!ours || u.unlocked[name])
}
