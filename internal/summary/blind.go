package summary

import (
	"go/constant"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/domain"
)

// Functions that are handed to a function which is not in sight: a field that others set, what other code has returned. The body of a range loop over an iterator is such a
// function, which go/ssa makes, and its loop runs it, whatever the iterator does. Of others the angelic rule says so, as it does of those handed to a method
// that is not in sight, unless the package has functions of the callee's signature as values: it may be one of those, and that one may take a lock around the call.

// callBlind runs the functions that c hands to a function which may be none in sight.
func (f *function) callBlind(st *state, c *ssa.CallCommon, instr ssa.Instruction, dynamic []funcVal, out *collector) {
	for _, a := range c.Args {
		if !isFunc(a.Type()) {
			continue
		}
		foreign := f.foreignCallee(c, dynamic)
		if !foreign && !isLoopBody(a) {
			continue
		}
		var told int
		if out != nil {
			told = len(out.calls)
		}
		f.runNow(st, a, instr, f.here(st), out)
		if out != nil && !foreign {
			outOfSight(out.calls[told:])
		}
	}
}

// outOfSight notes that some lock may be held at calls of supplied functions: what an adapter of iterators yields runs under the locks of the iterator that it adapts,
// which is its caller's.
func outOfSight(calls []domain.FuncCall) {
	for i := range calls {
		calls[i].Locks = calls[i].Locks.With(domain.Lock{Path: domain.Of(domain.Root{Kind: domain.Unknown}), Mode: domain.WriteMode, Maybe: true})
	}
}

// isLoopBody reports whether v is the body of a range loop over an iterator. In one that comes to its next turn there are as many locks held as before; what a turn gives
// up where it leaves the loop it has given up for what it leaves for, a return mostly.
func isLoopBody(v ssa.Value) bool {
	made, ok := v.(*ssa.MakeClosure)
	if !ok {
		fn, ok := v.(*ssa.Function)
		return ok && isYield(fn)
	}
	return isYield(made.Fn.(*ssa.Function))
}

func isYield(fn *ssa.Function) bool { return fn.Synthetic == "range-over-func yield" }

// foreignCallee reports whether what c calls is none of the package's functions: it is loaded from somewhere, and no function of the package with its signature is
// used as a value. What a caller passes is the caller's to know.
func (f *function) foreignCallee(c *ssa.CallCommon, dynamic []funcVal) bool {
	if c.IsInvoke() || f.u.valued[signatureKey(c.Signature())] {
		return false
	}
	for _, v := range dynamic {
		if len(v.path.Sel()) == 0 {
			return false
		}
	}
	_, loaded := c.Value.(*ssa.UnOp)
	return loaded
}

func signatureKey(sig *types.Signature) string {
	return types.TypeString(withoutRecv(sig), nil)
}

// findValued notes the signatures of the functions that the package uses as values.
func (u *unit) findValued(funcs []*ssa.Function) {
	var ops []*ssa.Value // used again for each instruction
	for _, fn := range funcs {
		eachInstr(fn, func(instr ssa.Instruction) {
			call, _ := instr.(ssa.CallInstruction)
			ops = instr.Operands(ops[:0])
			for _, op := range ops {
				if used, ok := (*op).(*ssa.Function); ok && (call == nil || call.Common().Value != *op) {
					u.valued[signatureKey(used.Signature)] = true
				}
			}
		})
	}
}

func isFalse(v ssa.Value) bool {
	c, ok := v.(*ssa.Const)
	return ok && c.Value != nil && c.Value.Kind() == constant.Bool && !constant.BoolVal(c.Value)
}
