package summary

import (
	"go/types"
	"slices"
	"strings"
	"sync"

	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/domain"
	"github.com/mapguard/mapguard/internal/models"
)

// initialNames begin the names of methods that make an object ready for use, which is before others use it.
var initialNames = []string{"Init", "Setup", "Start", "Open", "Prepare", "Provision"}

// findInitials finds the methods that make an object ready which its constructor has left incomplete: exported, called by no code of the package, named so,
// and the only ones to set a field that others read. Were they called beside those, that field would be a race, too. Neither is enough by itself: there are
// methods called Open that open one thing of many, and a Reload is the only one to set what it reloads, again and again. One that is told nothing but a context,
// so that each call would be the same, and leaves goroutines running is another: these are what the object needs once. Whoever gives the object the lock that others take of it makes it
// ready, whatever its name is.
func (u *unit) findInitials(funcs []*ssa.Function, called map[*ssa.Function]bool) map[*ssa.Function]bool {
	uses := map[*types.Var]*fieldUse{}
	for _, fn := range funcs {
		if !u.inTest(fn) {
			noteFields(fn, uses)
		}
	}
	out, parts := map[*ssa.Function]bool{}, map[*ssa.Function]bool{}
	for v, use := range uses {
		m := use.setter
		if m != nil && !use.setters && (use.readers || use.reader != m) && use.reader != nil && (isInitial(m) || isExportedMethod(m) && u.isNothingButLock(v.Type())) {
			if called[m] {
				parts[m] = true
			} else {
				out[m] = true
			}
		}
	}
	for _, m := range funcs {
		if !called[m] && isInitial(m) && toldNothing(m.Signature) && u.leavesRunning(m) {
			out[m] = true
		}
	}
	u.addParts(out, parts)
	return out
}

// addParts adds to the methods that make an object ready those of parts that only they call: Init calls InitConfig.
func (u *unit) addParts(out, parts map[*ssa.Function]bool) {
	callers := map[*ssa.Function][]*ssa.Function{}
	for e := range u.edges {
		if parts[e.to] && !u.inTest(e.from) {
			callers[e.to] = append(callers[e.to], e.from)
		}
	}
	for more := true; more; {
		more = false
		for m, by := range callers {
			if !out[m] && !slices.ContainsFunc(by, func(fn *ssa.Function) bool { return !out[fn] }) {
				out[m], more = true, true
			}
		}
	}
}

// isInitial reports whether m is an exported method that is named as one that makes its object ready.
func isInitial(m *ssa.Function) bool {
	return isExportedMethod(m) && slices.ContainsFunc(initialNames, func(name string) bool { return strings.HasPrefix(m.Name(), name) })
}

func isExportedMethod(m *ssa.Function) bool {
	return origin(m) != nil && origin(m).Exported() && m.Signature.Recv() != nil
}

// isNothingButLock reports whether t is a lock of package sync, or a struct that is one lock as a whole: not an object that can be locked.
func (u *unit) isNothingButLock(t types.Type) bool {
	named, ok := types.Unalias(deref(t)).(*types.Named)
	return ok && models.IsLock(t) && (named.Obj().Pkg() != nil && named.Obj().Pkg().Path() == "sync" || u.isLockAlone(named))
}

func toldNothing(sig *types.Signature) bool {
	for p := range sig.Params().Variables() {
		if p.Type().String() != "context.Context" {
			return false
		}
	}
	return true
}

// leavesRunning reports whether fn starts a goroutine that is still running when it returns.
func (u *unit) leavesRunning(fn *ssa.Function) bool {
	return u.sums[fn] != nil && slices.ContainsFunc(u.sums[fn].Spawns, func(sp domain.Spawn) bool { return !sp.Joined && sp.Kind == domain.Go })
}

// fieldUse is who sets and reads a field of an object that somebody else has made.
type fieldUse struct {
	setter, reader   *ssa.Function
	setters, readers bool // there are more
}

func noteFields(fn *ssa.Function, uses map[*types.Var]*fieldUse) {
	outer := declared(fn)
	of := func(addr ssa.Value) *fieldUse {
		fa, ok := addr.(*ssa.FieldAddr)
		if !ok {
			return nil
		}
		if _, fresh := fa.X.(*ssa.Alloc); fresh {
			return nil // its constructor
		}
		v := fieldOf(fa)
		if uses[v] == nil {
			uses[v] = &fieldUse{}
		}
		return uses[v]
	}
	loops := sync.OnceValue(func() []loop { return naturalLoops(fn) })
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			switch instr := instr.(type) {
			case *ssa.Store:
				if use := of(instr.Addr); use != nil && isReference(instr.Val.Type()) {
					// What is set in each turn of a loop that goes on until it is told to end is not made ready, but kept up to date.
					upToDate := slices.ContainsFunc(loops(), func(l loop) bool { return l[b] && l.endsWhenTold() })
					use.setters = use.setters || use.setter != nil && use.setter != outer || upToDate
					use.setter = outer
				}
			case *ssa.UnOp:
				if use := of(instr.X); use != nil {
					use.readers = use.readers || use.reader != nil && use.reader != outer
					use.reader = outer
				}
			}
		}
	}
}
