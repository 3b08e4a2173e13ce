package summary

import (
	"go/constant"
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"
)

// states says of flags how they come to have their values, as latches.go wants to know it.
type states map[variable]*flagStates

type flagStates struct {
	entered, set map[string]bool // by a swap from another value; in any case
	left         map[string]bool // by a swap to another value
	unknown      bool
}

func (s states) of(v variable) *flagStates {
	if s[v] == nil {
		s[v] = &flagStates{entered: map[string]bool{}, set: map[string]bool{}, left: map[string]bool{}}
	}
	return s[v]
}

// note notes what op does to the flag v.
func (s states) note(v variable, op flagOp) {
	of := s.of(v)
	switch {
	case op.to == nil || op.to.Value == nil, op.swaps && (op.from == nil || op.from.Value == nil):
		of.unknown = true
	case op.swaps && !constant.Compare(op.from.Value, token.EQL, op.to.Value):
		if isSet(op.to.Value) {
			of.entered[op.to.Value.ExactString()] = true
		}
		of.left[op.from.Value.ExactString()] = true
	default:
		of.set[op.to.Value.ExactString()] = true
	}
}

// noteState notes the value that a plain store gives a number: what its object is made with is a state that nobody has taken.
func (u *unit) noteState(s states, instr ssa.Instruction) {
	st, ok := instr.(*ssa.Store)
	if !ok {
		return
	}
	if c, ok := st.Val.(*ssa.Const); ok && c.Value != nil && c.Value.Kind() == constant.Int {
		if v, ok := u.variableAt(st.Addr); ok {
			s.of(v).set[c.Value.ExactString()] = true
		}
	}
}

// latches returns the values that only one can have brought the flag to, until it gets another.
func (of *flagStates) latches() (out []string) {
	if of == nil || of.unknown {
		return nil
	}
	for c := range of.entered {
		others := len(of.set) > 1 || len(of.set) == 1 && !of.set[c]
		if !of.set[c] && (others || of.left[c]) {
			out = append(out, c)
		}
	}
	slices.Sort(out)
	return out
}

// leaves reports whether what op does leaves a flag that had the value c with another one.
func (op flagOp) leaves(c string) bool {
	if op.swaps {
		return op.from != nil && op.from.Value != nil && op.from.Value.ExactString() == c
	}
	return op.to != nil && op.to.Value != nil && op.to.Value.ExactString() != c
}
