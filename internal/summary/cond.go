package summary

import (
	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/domain"
)

// condLocker is the lock behind a sync.Cond: c.L is another name of what NewCond was given.
type condLocker struct {
	own     bool       // made for the Cond, and has no other name
	sibling domain.Sym // a field of the object that holds the Cond
	several bool       // not the same each time
}

// findConds looks for the locks of the package's sync.Conds.
func (u *unit) findConds(funcs []*ssa.Function) {
	for _, fn := range funcs {
		for _, b := range fn.Blocks {
			for _, instr := range b.Instrs {
				switch instr := instr.(type) {
				case *ssa.Store:
					if call, ok := instr.Val.(*ssa.Call); ok && isNewCond(call) {
						u.noteCond(instr, call)
					}
				case *ssa.Call:
					if isNewCond(instr) {
						u.noteCond(nil, instr)
					}
				}
			}
		}
	}
}

func isCondWait(call *ssa.Call) bool {
	fn := call.Call.StaticCallee()
	return fn != nil && fn.String() == "(*sync.Cond).Wait"
}

func isNewCond(call *ssa.Call) bool {
	fn := call.Call.StaticCallee()
	return fn != nil && fn.Pkg != nil && fn.Pkg.Pkg.Path() == "sync" && fn.Name() == "NewCond"
}

func (u *unit) noteCond(store *ssa.Store, call *ssa.Call) {
	v, ok := u.variableOf(call)
	if store != nil {
		v, ok = u.variableAt(store.Addr)
	}
	if !ok {
		return
	}
	lock := lockerOf(store, unwrap(call.Call.Args[0]))
	if old, seen := u.conds[v]; seen && old != lock {
		lock = condLocker{several: true}
	}
	u.conds[v] = lock
}

// lockerOf returns what arg, the lock of a new Cond that is put where store says, is called there.
func lockerOf(store *ssa.Store, arg ssa.Value) condLocker {
	switch arg := arg.(type) {
	case *ssa.Alloc:
		if len(*arg.Referrers()) == 1 {
			return condLocker{own: true}
		}
	case *ssa.FieldAddr:
		if store == nil {
			break
		}
		if to, ok := store.Addr.(*ssa.FieldAddr); ok && to.X == arg.X {
			return condLocker{sibling: fieldSym(arg.X.Type(), arg.Field)}
		}
	}
	return condLocker{several: true}
}

// lockPaths returns the paths of the lock that v denotes. The L of a Cond is named as everybody else names it.
func (f *function) lockPaths(v ssa.Value) []domain.Path {
	load, ok := v.(*ssa.UnOp)
	if !ok {
		return f.paths(v)
	}
	field, ok := load.X.(*ssa.FieldAddr)
	if !ok || fieldSym(field.X.Type(), field.Field) != condLock {
		return f.paths(v)
	}
	cond, ok := f.u.variableOf(field.X)
	lock := f.u.conds[cond]
	switch {
	case !ok:
		return nil
	case lock.own:
		return f.paths(field.X) // two Conds have two locks, though both are an L
	case lock.sibling != 0:
		return siblings(f.paths(field.X), lock.sibling)
	}
	return nil
}

// siblings returns the paths of another field of the objects that the fields at paths belong to.
func siblings(paths []domain.Path, field domain.Sym) []domain.Path {
	var out []domain.Path
	for i := range paths {
		if n := len(paths[i].Sel()); n > 0 {
			head, _ := paths[i].Cut(n - 1)
			out = append(out, head.Append(field))
		}
	}
	return out
}

var condLock = domain.FieldSym("sync.Cond", "L")
