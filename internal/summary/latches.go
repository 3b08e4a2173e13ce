package summary

import (
	"go/constant"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/domain"
	"github.com/mapguard/mapguard/internal/models"
)

// Latches: an atomic flag is a lock if it is set by swapping alone, and unset somewhere. Who has swapped it goes on, the others go away or try again; a goroutine
// that empties a mailbox is started so, one at a time. So is each value of a state that is reached by swapping alone (idle to running), and left again: a mailbox
// that can be stopped, too, has three. What such a flag is for is not known, so that it is a lock that may be held: it keeps accesses apart, and guards nothing.

// findFlags scans the functions of the package for latches, and for flags, atomic or not, that are set and never unset (see phase.go).
func (u *unit) findFlags(funcs []*ssa.Function) {
	ops := map[variable]flagOps{}
	states := states{}
	for _, fn := range funcs {
		for _, b := range fn.Blocks {
			for _, instr := range b.Instrs {
				op, ok := u.flagOpAt(instr)
				if !ok {
					u.noteState(states, instr)
					continue
				}
				v, ok := u.variableAt(op.flag)
				if !ok {
					continue
				}
				ops[v] = ops[v].and(op)
				states.note(v, op)
			}
		}
	}
	for v, o := range ops {
		u.latches[v] = states[v].latches()
		u.setOnce[v] = o.sets && !o.takes && !o.gives && !o.other
	}
}

// flagOps are the kinds of operations on a flag, and the value that it is set to.
type flagOps struct {
	takes, gives, sets, other bool
	value                     string
}

func (o flagOps) and(op flagOp) flagOps {
	out := flagOps{o.takes || op.takes, o.gives || op.gives, o.sets || op.sets, o.other || !op.takes && !op.gives && !op.sets, max(o.value, op.value)}
	out.other = out.other || o.sets && op.sets && o.value != op.value // a state of several: set does not say which
	return out
}

// flagOp is what an instruction does to a flag: it swaps it from unset to set, unsets it, sets it to a value, or none of these.
type flagOp struct {
	flag               ssa.Value
	takes, gives, sets bool
	value              string
	swaps              bool
	from, to           constant.Value // what it swaps, or to which it sets in any case; nil where that is not known
}

// flagOpAt returns what instr does to a flag: a plain boolean is set and unset by stores, and what it is while its object is made does not count.
func (u *unit) flagOpAt(instr ssa.Instruction) (flagOp, bool) {
	switch instr := instr.(type) {
	case ssa.CallInstruction:
		return u.flagOp(instr.Common())
	case *ssa.Store:
		if isBool(instr.Val.Type()) {
			_, ok := u.sharedVariable(instr.Addr)
			return setting(instr.Addr, instr.Val), ok
		}
	}
	return flagOp{}, false
}

// setting is the operation that gives the flag at an address a value.
func setting(flag, val ssa.Value) flagOp {
	op := flagOp{flag: flag, to: constantOf(val)}
	if c, known := val.(*ssa.Const); known {
		op.sets = isSet(c.Value)
		op.gives = !op.sets
		if op.sets {
			op.value = c.Value.ExactString()
		}
	}
	return op
}

func (u *unit) flagOp(c *ssa.CallCommon) (flagOp, bool) {
	for _, e := range effectsOf(c) {
		switch {
		case e.Kind == models.Set && e.Arg+1 < len(c.Args):
			return setting(c.Args[e.Arg], c.Args[e.Arg+1]), true
		case e.Kind == models.Swap && e.Arg+2 < len(c.Args):
			op := flagOp{flag: c.Args[e.Arg], swaps: true, from: constantOf(c.Args[e.Arg+1]), to: constantOf(c.Args[e.Arg+2])}
			if op.from != nil && op.to != nil {
				from, to := isSet(op.from), isSet(op.to)
				op.takes, op.gives = !from && to, from && !to
			}
			return op, true
		}
	}
	return flagOp{}, false
}

// constantOf returns the value of v, nil if it is no constant with a value: nil has none.
func constantOf(v ssa.Value) constant.Value {
	if c, ok := v.(*ssa.Const); ok {
		return c.Value
	}
	return nil
}

// latch returns the lock that is the value c of the flag at which op works, if it is one.
func (f *function) latch(op flagOp, c string) (domain.Lock, bool) {
	v, ok := f.u.variableAt(op.flag)
	if paths := f.paths(op.flag); ok && slices.Contains(f.u.latches[v], c) && len(paths) > 0 {
		return domain.Lock{Path: paths[0].Append(domain.FlagValue(c)), Mode: domain.WriteMode, Maybe: true}, true
	}
	return domain.Lock{}, false
}

// takesLatch returns the latch that call takes if it returns true.
func (f *function) takesLatch(call *ssa.CallCommon) (domain.Lock, bool) {
	if op, ok := f.u.flagOp(call); ok && op.swaps && op.to != nil {
		return f.latch(op, op.to.ExactString())
	}
	return domain.Lock{}, false
}

// givesLatch applies the unsetting of a latch, or what makes another value of it.
func (f *function) givesLatch(st *state, call *ssa.CallCommon) {
	if len(f.u.latches) == 0 {
		return
	}
	op, ok := f.u.flagOp(call)
	if !ok {
		return
	}
	v, _ := f.u.variableAt(op.flag)
	for _, c := range f.u.latches[v] {
		if l, ok := f.latch(op, c); ok && op.leaves(c) {
			f.release(st, l.Path)
		}
	}
}
