package lockbalance

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/summary"
)

// alters reports whether there is something to say of fn itself: it does something to a lock, or something that it calls or makes leaves a lock
// otherwise than it was. A test that starts servers only takes locks that are given up again before anybody sees them, and there are many tests: it
// is walked if one who holds a lock calls it.
func (c *checker) alters(fn *ssa.Function) bool {
	return c.remember(c.altersAny, fn, func(callee called) bool {
		if callee.locks {
			return true
		}
		if callee.fn == nil || !c.alters(callee.fn) {
			return false
		}
		return slices.ContainsFunc(c.effectOf(callee.fn).exits, func(x exit) bool { return len(x.holds) > 0 })
	})
}

// takes reports whether fn, or anything that it calls, does something to a lock.
func (c *checker) takes(fn *ssa.Function) bool {
	return c.remember(c.takesAny, fn, func(callee called) bool { return callee.locks || callee.fn != nil && c.takes(callee.fn) })
}

// panics reports whether some way through fn does not return.
func panics(fn *ssa.Function) bool {
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			switch instr := instr.(type) {
			case *ssa.Panic:
				return true
			case *ssa.Call:
				if stops(&instr.Call) {
					return true
				}
			}
		}
	}
	return false
}

// remember reports whether fn does something to a lock itself, or calls or makes what does. A function that calls itself does not do so for that.
func (c *checker) remember(known map[*ssa.Function]bool, fn *ssa.Function, does func(called) bool) bool {
	if got, ok := known[fn]; ok {
		return got
	}
	all := c.callsOf(fn)
	known[fn] = all.locks
	known[fn] = all.locks || slices.ContainsFunc(all.callees, does)
	return known[fn]
}

// calls is what a function calls and makes, as far as it is known.
type calls struct {
	locks   bool // some call is a method of a lock: the rest is not listed
	callees []called
}

// called is a callee, as far as it is asked for: there are many.
type called struct {
	fn    *ssa.Function // nil if its body is elsewhere
	locks bool          // its summary says that it takes or gives up a lock
}

func (l *calls) add(c *summary.Callee) {
	n := called{c.Fn, c.Sum != nil && len(c.Sum.Acquired)+len(c.Sum.Released) > 0}
	if (n.fn != nil || n.locks) && !slices.Contains(l.callees, n) {
		l.callees = append(l.callees, n)
	}
}

func (c *checker) callsOf(fn *ssa.Function) (out calls) {
	if got, ok := c.calls[fn]; ok {
		return got
	}
	defer func() { c.calls[fn] = out }()
	locks := c.res.Locks(fn)
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			switch instr := instr.(type) {
			case ssa.CallInstruction:
				if _, ok := locks.Op(instr.Common()); ok {
					return calls{locks: true}
				}
				if callee, ok := locks.Callee(instr.Common()); ok {
					out.add(callee)
				}
			case *ssa.MakeClosure:
				if callee := locks.Closure(instr); callee.Fn != nil {
					out.add(callee)
				}
			}
		}
	}
	return out
}
