package summary

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/domain"
	"github.com/mapguard/mapguard/internal/models"
)

// Interfaces that the package declares for others to implement, and whose methods it calls on goroutines of its own: what a row of the models says of a library,
// found by looking. The fact of the method tells importers, whose objects are called so if they hand them over as the interface.

// invocation is a call through an interface of the package.
type invocation struct {
	call   ssa.CallInstruction
	in     *ssa.Function
	method *types.Func
}

// invoke notes a call of a method that another package may implement, or that may call a function.
func (s *runnerScan) invoke(fn *ssa.Function, call ssa.CallInstruction) {
	c := call.Common()
	if mayBeDress(c.Value.Type()) {
		_, goes := call.(*ssa.Go)
		s.called(fn, c.Value, goes, !goes && s.locked(call))
	}
	if !c.Method.Exported() || c.Method.Pkg() != s.u.pass.Pkg {
		return
	}
	if named, ok := types.Unalias(c.Value.Type()).(*types.Named); ok && named.Obj().Exported() {
		s.invoked = append(s.invoked, invocation{call, fn, c.Method})
	}
}

// lends notes the methods of objects that a call hands, as an interface, to a function of another package of which nothing else is known: a walk calls its visitor.
func (s *runnerScan) lends(fn *ssa.Function, c *ssa.CallCommon) {
	callee := c.StaticCallee()
	if callee == nil || origin(callee) == nil || origin(callee).Pkg() == s.u.pass.Pkg {
		return
	}
	if _, known := models.Of(origin(callee)); known {
		return
	}
	for _, a := range c.Args {
		mi, ok := a.(*ssa.MakeInterface)
		if !ok {
			continue
		}
		for m := range mi.Type().Underlying().(*types.Interface).Methods() {
			if own := methodNamed(mi.X.Type(), s.u.pass.Pkg, m.Name()); own != nil && own.Pkg() == s.u.pass.Pkg {
				if body := s.u.pkg.Prog.FuncValue(own); body != nil {
					s.lent[fn] = append(s.lent[fn], body)
				}
			}
		}
	}
}

// conveyed finds how the methods of interfaces are called. What is called under a lock says nothing.
func (s *runnerScan) conveyed() {
	if len(s.invoked) == 0 {
		return
	}
	in := map[*ssa.Function][]invocation{}
	for _, v := range s.invoked {
		if !s.locked(v.call) {
			in[v.in] = append(in[v.in], v)
		}
	}
	for _, r := range s.roots {
		reached := s.reachedBare(r)
		for fn := range reached {
			for _, v := range in[fn] {
				if times := s.timesOf(&v, r, reached); times > s.u.conveys[v.method] {
					s.u.conveys[v.method] = times
				}
			}
		}
	}
}

// reachedBare returns the functions that run on the goroutines of the root, under none of the package's locks.
func (s *runnerScan) reachedBare(r *goRoot) map[*ssa.Function]bool {
	out := map[*ssa.Function]bool{}
	for work := []*ssa.Function{r.fn}; len(work) > 0; {
		fn := work[len(work)-1]
		work = work[:len(work)-1]
		if out[fn] {
			continue
		}
		out[fn] = true
		work = append(work, s.free[fn]...)
		if !s.locksAt(fn) {
			work = append(work, s.lent[fn]...)
		}
	}
	return out
}

// locksAt is locks, asked once for each function.
func (s *runnerScan) locksAt(fn *ssa.Function) bool {
	locks, ok := s.locking[fn]
	if !ok {
		locks = s.locks(fn)
		s.locking[fn] = locks
	}
	return locks
}

// timesOf says how goroutines of the root call the method: beside each other, if they have the object in common.
func (s *runnerScan) timesOf(v *invocation, r *goRoot, reached map[*ssa.Function]bool) domain.Conveyed {
	if (r.handler || r.inLoop) && s.common(v.call.Common().Value, r, reached, 0) {
		return domain.ByMany
	}
	if s.worksIn(reached) {
		return domain.ByOne
	}
	return domain.NotConveyed
}

// worksIn reports whether one of the functions loops: a goroutine that does one thing may be waited for, as if it were the caller's.
func (s *runnerScan) worksIn(reached map[*ssa.Function]bool) bool {
	for fn := range reached {
		if works(fn) {
			return true
		}
	}
	return false
}

// common reports whether all goroutines of the root have one object in val: it is kept in a variable that all of them reach, not in what each has been given or
// makes for itself.
func (s *runnerScan) common(val ssa.Value, r *goRoot, reached map[*ssa.Function]bool, depth int) bool {
	holders := s.u.holders(val)
	return len(holders) > 0 && !slices.ContainsFunc(holders, func(h variable) bool {
		switch p, ok := h.value.(*ssa.Parameter); {
		case h.field != 0:
			return s.makes(reached, h.field.Owner()) || s.givenEach(r, h.field.Owner())
		case !ok:
			_, global := h.value.(*ssa.Global)
			return !global
		case len(s.args[p]) == 0:
			// It is called elsewhere, with one object for all that it starts, or with a list of them.
			return !slices.Contains(r.sites, p.Parent()) || s.givenEach(r, typeSym(val.Type()))
		case depth == maxVia:
			return true
		default:
			return slices.ContainsFunc(s.args[p], func(a passing) bool { return s.varies(a.val) || !s.common(a.val, r, reached, depth+1) })
		}
	})
}

// makes reports whether one of the functions makes an object of the type.
func (s *runnerScan) makes(reached map[*ssa.Function]bool, t domain.Sym) bool {
	for fn := range reached {
		for _, b := range fn.Blocks {
			for _, instr := range b.Instrs {
				if a, ok := instr.(*ssa.Alloc); ok && a.Heap && typeSym(a.Type()) == t {
					return true
				}
			}
		}
	}
	return false
}

// givenEach reports whether each goroutine of the root is given another object of the type.
func (s *runnerScan) givenEach(r *goRoot, t domain.Sym) bool {
	return slices.ContainsFunc(r.given, func(val ssa.Value) bool { return typeSym(val.Type()) == t && s.varies(val) })
}

// varies reports whether val may be another one each time that a loop comes by.
func (s *runnerScan) varies(val ssa.Value) bool {
	instr, ok := val.(ssa.Instruction)
	if !ok || !s.inLoop(instr.Block()) {
		return false
	}
	switch v := val.(type) {
	case *ssa.UnOp:
		return s.varies(v.X)
	case *ssa.FieldAddr:
		return s.varies(v.X)
	case *ssa.MakeInterface:
		return s.varies(v.X)
	}
	return true
}

// findGiven finds the objects of the package that are handed over as an interface whose methods another package calls on its goroutines.
func (u *unit) findGiven(funcs []*ssa.Function) {
	for _, fn := range funcs {
		if u.inTest(fn) {
			continue
		}
		for _, b := range fn.Blocks {
			for _, instr := range b.Instrs {
				if mi, ok := instr.(*ssa.MakeInterface); ok {
					u.given(mi)
				}
			}
		}
	}
}

func (u *unit) given(mi *ssa.MakeInterface) {
	own, _ := types.Unalias(deref(mi.X.Type())).(*types.Named)
	if own == nil || own.Obj().Pkg() != u.pass.Pkg {
		return
	}
	for m := range mi.Type().Underlying().(*types.Interface).Methods() {
		if e, ok := u.conveyedTo(m); ok {
			only := types.NewInterfaceType([]*types.Func{m}, nil)
			u.services[typeSym(own)] = append(u.services[typeSym(own)], service{effect: e, iface: only})
		}
	}
}

// conveyedTo returns how the package that declares an interface calls its method m.
func (u *unit) conveyedTo(m *types.Func) (models.Effect, bool) {
	if m.Pkg() == nil || m.Pkg() == u.pass.Pkg || !m.Exported() || Unread(m.Pkg().Path()) {
		return models.Effect{}, false
	}
	if _, known := models.Of(m); known {
		return models.Effect{}, false
	}
	u.summaryOf(target{obj: m})
	e := models.Effect{Kind: models.Register, Spawn: domain.Callback, Times: models.Serial}
	switch u.conveys[m] {
	case domain.NotConveyed:
		return e, false
	case domain.ByMany:
		e.Times = models.Many
	}
	return e, true
}
