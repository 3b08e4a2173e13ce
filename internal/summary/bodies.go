package summary

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/domain"
	"github.com/mapguard/mapguard/internal/models"
)

// Bodies of loops that others turn. Goroutines that one turn starts are there in the next, as in a loop that the function turns itself.

// isBody reports whether fn is done again and again before whoever hands it on goes on: it is the body of a range loop over an iterator, or a function literal that is handed only
// to a function which calls it in a loop.
func (u *unit) isBody(fn *ssa.Function) bool {
	if isYield(fn) {
		return true
	}
	call, i := handedTo(fn)
	return call != nil && u.turns(call, i, maxHandedOn)
}

// maxHandedOn bounds the functions that hand on a function to one that calls it in a loop.
const maxHandedOn = 3

// handedTo returns the one call that a function literal is for, and which of its arguments it is; nil if it is for something else, too.
func handedTo(fn *ssa.Function) (*ssa.Call, int) {
	if fn.Parent() == nil {
		return nil, 0
	}
	var v ssa.Value = fn
	for {
		refs := v.Referrers()
		if refs == nil || len(*refs) != 1 {
			return nil, 0
		}
		switch instr := (*refs)[0].(type) {
		case *ssa.MakeClosure:
			v = instr
		case *ssa.ChangeType:
			v = instr
		case *ssa.Call:
			return instr, slices.Index(instr.Call.Args, v)
		default:
			return nil, 0
		}
	}
}

// turns reports whether the call calls its argument i in a loop.
func (u *unit) turns(call *ssa.Call, i, depth int) bool {
	callee := call.Call.StaticCallee()
	if callee == nil || i < 0 || depth == 0 {
		return false
	}
	if obj, ok := callee.Object().(*types.Func); ok {
		if effects, known := models.Of(obj); known {
			return slices.ContainsFunc(effects, func(e models.Effect) bool { return e.Kind == models.Call && e.Arg == i && e.Times == models.Serial })
		}
	}
	fn := u.target(callee)
	if fn.Blocks == nil {
		return u.callsAgain(target{obj: origin(fn)}, i)
	}
	if i >= len(fn.Params) {
		return false
	}
	var loops []loop
	for _, ref := range *fn.Params[i].Referrers() {
		inner, ok := ref.(*ssa.Call)
		if !ok {
			continue
		}
		if loops == nil {
			loops = naturalLoops(fn)
		}
		at := slices.Index(inner.Call.Args, ssa.Value(fn.Params[i]))
		switch inLoop := slices.ContainsFunc(loops, func(l loop) bool { return l[inner.Block()] }); {
		case inner.Call.Value == fn.Params[i] && inLoop, at >= 0 && inLoop && inner.Call.StaticCallee() == callee, at >= 0 && u.turns(inner, at, depth-1):
			return true
		}
	}
	return false
}

// callsAgain reports whether t, a function of another package, calls its argument i in a loop on its caller's goroutine.
func (u *unit) callsAgain(t target, i int) bool {
	sum := u.summaryOf(t)
	return sum != nil && slices.ContainsFunc(sum.Calls, func(c domain.FuncCall) bool {
		return c.Again && c.Site == 0 && c.Path == domain.Of(domain.Root{Kind: domain.Param, Index: int16(i), Type: c.Path.Root.Type})
	})
}

// leavesLoop reports whether a body that returns v is not called again: false for an iterator's, an error for others.
func leavesLoop(v ssa.Value) bool { return isFalse(v) || isError(v.Type()) && surelyError(v) }
