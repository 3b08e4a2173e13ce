package summary

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/flow"
)

// calledByName returns the function or the method of an interface that c calls by name, nil if there is none.
func calledByName(c *ssa.CallCommon) *types.Func {
	if f := c.StaticCallee(); f != nil {
		return origin(f)
	}
	return c.Method
}

// lockCalls are the calls of a function that take locks, and that give them up.
type lockCalls struct{ taken, given []ssa.Instruction }

// lockCalls returns those of fn, which is asked for all its calls in a row.
func (s *runnerScan) lockCalls(fn *ssa.Function) *lockCalls {
	if s.lockedBy == fn {
		return &s.lockCallsOf
	}
	s.lockedBy, s.lockCallsOf = fn, lockCalls{}
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			call, ok := instr.(*ssa.Call)
			if !ok {
				continue
			}
			obj := calledByName(&call.Call)
			if obj == nil {
				continue
			}
			if takes, gives := locks(obj); gives {
				s.lockCallsOf.given = append(s.lockCallsOf.given, call)
			} else if takes {
				s.lockCallsOf.taken = append(s.lockCallsOf.taken, call)
			}
		}
	}
	return &s.lockCallsOf
}

// locked reports whether a call is made with some lock held that its function has taken: surely taken before, and not surely given up since.
func (s *runnerScan) locked(call ssa.CallInstruction) bool {
	calls := s.lockCalls(call.Parent())
	return slices.ContainsFunc(calls.taken, func(t ssa.Instruction) bool {
		return flow.Precedes(t, call) && !slices.ContainsFunc(calls.given, func(g ssa.Instruction) bool { return flow.Precedes(t, g) && flow.Precedes(g, call) })
	})
}
