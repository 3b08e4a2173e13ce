package summary

import (
	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/domain"
	"github.com/mapguard/mapguard/internal/models"
)

// Latches: an atomic flag is a lock if it is set by swapping alone, and unset somewhere. Who has swapped it goes on, the others go away or try again; a goroutine
// that empties a mailbox is started so, one at a time. What such a flag is for is not known, so that it is a lock that may be held: it keeps accesses apart,
// and guards nothing.

// findFlags scans the functions of the package for latches, and for flags, atomic or not, that are set and never unset (see phase.go).
func (u *unit) findFlags(funcs []*ssa.Function) {
	ops := map[variable]flagOps{}
	for _, fn := range funcs {
		for _, b := range fn.Blocks {
			for _, instr := range b.Instrs {
				op, ok := u.flagOpAt(instr)
				if !ok {
					continue
				}
				v, ok := u.variableAt(op.flag)
				if !ok {
					continue
				}
				ops[v] = ops[v].and(op)
			}
		}
	}
	for v, o := range ops {
		u.latches[v] = o.takes && o.gives && !o.other && !o.sets
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
	op := flagOp{flag: flag}
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
			from, known := setTo(c.Args[e.Arg+1])
			to, too := setTo(c.Args[e.Arg+2])
			return flagOp{flag: c.Args[e.Arg], takes: known && too && !from && to, gives: known && too && from && !to}, true
		}
	}
	return flagOp{}, false
}

// setTo reports whether a flag of value v is set, if that is a constant.
func setTo(v ssa.Value) (set, known bool) {
	c, ok := v.(*ssa.Const)
	return ok && isSet(c.Value), ok
}

// latch returns the lock that is the flag at which op works, if it is one.
func (f *function) latch(op flagOp) (domain.Lock, bool) {
	v, ok := f.u.variableAt(op.flag)
	if paths := f.paths(op.flag); ok && f.u.latches[v] && len(paths) > 0 {
		return domain.Lock{Path: paths[0], Mode: domain.WriteMode, Maybe: true}, true
	}
	return domain.Lock{}, false
}

// takesLatch returns the latch that call takes if it returns true.
func (f *function) takesLatch(call *ssa.CallCommon) (domain.Lock, bool) {
	if op, ok := f.u.flagOp(call); ok && op.takes {
		return f.latch(op)
	}
	return domain.Lock{}, false
}

// givesLatch applies the unsetting of a latch.
func (f *function) givesLatch(st *state, call *ssa.CallCommon) {
	if len(f.u.latches) == 0 {
		return
	}
	if op, ok := f.u.flagOp(call); ok && op.gives {
		if l, ok := f.latch(op); ok {
			f.release(st, l.Path)
		}
	}
}
