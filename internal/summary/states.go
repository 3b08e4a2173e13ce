package summary

import (
	"go/constant"
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"
)

// states says of flags how they come to have their values, as latches.go wants to know it.
type states map[variable]*flagStates

// flagStates are values of a flag.
type flagStates struct {
	entered, left []string        // by a swap from another value, and to another one
	set           map[string]bool // in any case: an element of a table may have thousands
	unknown       bool
}

func (s states) of(v variable) *flagStates {
	if s[v] == nil {
		s[v] = &flagStates{}
	}
	return s[v]
}

// sets notes a value that the flag gets in any case.
func (of *flagStates) sets(c constant.Value) {
	if of.set == nil {
		of.set = map[string]bool{}
	}
	of.set[c.ExactString()] = true
}

// note notes what op does to the flag v.
func (s states) note(v variable, op flagOp) {
	of := s.of(v)
	switch {
	case op.to == nil, op.swaps && op.from == nil:
		of.unknown = true
	case op.swaps && !constant.Compare(op.from, token.EQL, op.to):
		if isSet(op.to) {
			of.entered = merged(of.entered, []string{op.to.ExactString()})
		}
		of.left = merged(of.left, []string{op.from.ExactString()})
	default:
		of.sets(op.to)
	}
}

// noteState notes the value that a plain store gives a number: what its object is made with is a state that nobody has taken.
func (u *unit) noteState(s states, instr ssa.Instruction) {
	st, ok := instr.(*ssa.Store)
	if !ok {
		return
	}
	if c := constantOf(st.Val); c != nil && c.Kind() == constant.Int {
		if v, ok := u.variableAt(st.Addr); ok {
			s.of(v).sets(c)
		}
	}
}

// latches returns the values that only one can have brought the flag to, until it gets another.
func (of *flagStates) latches() (out []string) {
	if of == nil || of.unknown {
		return nil
	}
	for _, c := range of.entered {
		if !of.set[c] && (len(of.set) > 0 || slices.Contains(of.left, c)) {
			out = append(out, c)
		}
	}
	return out
}

// leaves reports whether what op does leaves a flag that had the value c with another one.
func (op flagOp) leaves(c string) bool {
	if op.swaps {
		return op.from != nil && op.from.ExactString() == c
	}
	return op.to != nil && op.to.ExactString() != c
}
