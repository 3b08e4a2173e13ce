package summary

import (
	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/domain"
	"github.com/mapguard/mapguard/internal/models"
)

// Latches: an atomic flag is a lock if it is set by swapping alone, and unset somewhere. Who has swapped it goes on, the others go away or try again; a goroutine
// that empties a mailbox is started so, one at a time. What such a flag is for is not known, so that it is a lock that may be held: it keeps accesses apart,
// and guards nothing.

// findLatches scans the functions of the package.
func (u *unit) findLatches(funcs []*ssa.Function) {
	swapped, unset, no := map[variable]bool{}, map[variable]bool{}, map[variable]bool{}
	for _, fn := range funcs {
		for _, b := range fn.Blocks {
			for _, instr := range b.Instrs {
				call, ok := instr.(ssa.CallInstruction)
				if !ok {
					continue
				}
				op, ok := u.flagOp(call.Common())
				if !ok {
					continue
				}
				v, ok := u.variableAt(op.flag)
				if !ok {
					continue
				}
				swapped[v] = swapped[v] || op.takes
				unset[v] = unset[v] || op.gives
				no[v] = no[v] || !op.takes && !op.gives
			}
		}
	}
	for v := range swapped {
		u.latches[v] = swapped[v] && unset[v] && !no[v]
	}
}

// flagOp is what a call does to an atomic flag: it swaps it from unset to set, unsets it, or neither.
type flagOp struct {
	flag         ssa.Value
	takes, gives bool
}

func (u *unit) flagOp(c *ssa.CallCommon) (flagOp, bool) {
	callee := c.StaticCallee()
	if callee == nil || origin(callee) == nil {
		return flagOp{}, false
	}
	effects, _ := models.Of(origin(callee))
	for _, e := range effects {
		switch {
		case e.Kind == models.Set && e.Arg+1 < len(c.Args):
			set, known := setTo(c.Args[e.Arg+1])
			return flagOp{flag: c.Args[e.Arg], gives: known && !set}, true
		case e.Kind == models.Swap && e.Arg+2 < len(c.Args):
			from, known := setTo(c.Args[e.Arg+1])
			to, too := setTo(c.Args[e.Arg+2])
			return flagOp{c.Args[e.Arg], known && too && !from && to, known && too && from && !to}, true
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
