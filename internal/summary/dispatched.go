package summary

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/models"
)

// Dispatched methods: those that are exported because an interface of the package wants them so, and that the package calls through it on goroutines of its
// own. Who implements the router of a loop has written it to be called by the loop.

// dispatched makes such methods no entry points: the goroutines that call them speak for them. That others can call them, too, is taken for evidence only where
// the object has a lock of its own, which shows that it is for anybody, or where one of the package's entry points leads to the method on its caller's goroutine.
func (u *unit) dispatched(byFn map[*ssa.Function]*Func, valued map[*ssa.Function]bool) {
	own := map[*ssa.Function]bool{}
	for fn, f := range byFn {
		if f.Entry == Exported && u.invoked[fn] && !valued[fn] && !locksItself(fn.Signature.Recv().Type()) {
			own[fn] = true
		}
	}
	if len(own) == 0 {
		return
	}
	edges := make(map[*ssa.Function][]edge, len(byFn))
	var goroutines, callers []*ssa.Function
	for e := range u.edges {
		if byFn[e.from] == nil || byFn[e.to] == nil || u.inTest(e.from) {
			continue
		}
		edges[e.from] = append(edges[e.from], e)
		if byFn[e.from].leaves(e) {
			goroutines = append(goroutines, e.to)
		}
	}
	onOthers := onGoroutine(byFn, edges, goroutines)
	for fn, f := range byFn {
		if f.Entry != NoEntry && !f.InTest && !(own[fn] && onOthers[fn]) {
			callers = append(callers, fn)
		}
	}
	onCallers := onGoroutine(byFn, edges, callers)
	for fn := range own {
		if onOthers[fn] && !onCallers[fn] {
			byFn[fn].Entry = NoEntry
		}
	}
}

// leaves reports whether e is a call on a goroutine for which f does not wait, or on one that does such things for others as well, in turn.
func (f *Func) leaves(e edge) bool {
	sp := f.Summary.Spawn(e.site)
	return e.site != 0 && (sp == nil || !sp.Joined || sp.SharesTurn())
}

// onGoroutine returns the functions that the roots lead to, on their goroutine or on one for which that waits.
func onGoroutine(byFn map[*ssa.Function]*Func, edges map[*ssa.Function][]edge, roots []*ssa.Function) map[*ssa.Function]bool {
	out := map[*ssa.Function]bool{}
	for len(roots) > 0 {
		fn := roots[len(roots)-1]
		roots = roots[:len(roots)-1]
		if out[fn] {
			continue
		}
		out[fn] = true
		for _, e := range edges[fn] {
			if !byFn[fn].leaves(e) {
				roots = append(roots, e.to)
			}
		}
	}
	return out
}

// locksItself reports whether the struct behind t has a lock among its fields. An object that it points to, which has a lock embedded, is another one.
func locksItself(t types.Type) bool {
	st, ok := deref(t).Underlying().(*types.Struct)
	if !ok {
		return false
	}
	for v := range st.Fields() {
		_, part := v.Type().Underlying().(*types.Pointer)
		if obj, via, _ := types.LookupFieldOrMethod(v.Type(), true, nil, "Lock"); obj != nil && models.IsLock(v.Type()) && (!part || len(via) == 1) {
			return true
		}
	}
	return false
}
