package summary

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/domain"
	"github.com/mapguard/mapguard/internal/flow"
	"github.com/mapguard/mapguard/internal/models"
)

// Roots: where the goroutines begin that a runner may run on. They are started here, or by a library that was handed a function.

// goRoot is a function that go statements start, or that was registered to be called.
type goRoot struct {
	fn      *ssa.Function
	handler bool // called for each request
	inLoop  bool // a start of it stands in a loop
	inCalls bool // a go statement for it stands in a function that is called in a loop
	sites   []*ssa.Function
	starts  []goStart
	other   bool        // it is started otherwise, too
	given   []ssa.Value // what its goroutines are given, and have captured
}

// goStart is a go statement, or a call that starts one goroutine for the function which it gets.
type goStart struct {
	block *ssa.BasicBlock
	given []ssa.Value // what the goroutine gets, and has captured
}

func (s *runnerScan) root(call ssa.CallInstruction) {
	if callee := staticTarget(call.Common().Value); callee != nil {
		r := s.rootOf(callee)
		s.starts(r, call.Block(), call.Common().Value, call.Common().Args...)
	}
}

func (s *runnerScan) rootOf(fn *ssa.Function) *goRoot {
	fn = s.u.target(fn)
	r := s.roots[fn]
	if r == nil {
		r = &goRoot{fn: fn}
		s.roots[fn] = r
	}
	return r
}

// served makes fn a root if its interface or its shape says that it is called for each request.
func (s *runnerScan) served(fn *ssa.Function) {
	e, ok := models.Effect{}, false
	if obj := origin(fn); obj != nil && fn.Signature.Recv() != nil {
		e, ok = s.u.scope.Method(obj)
	}
	if !ok {
		e, ok = s.u.scope.Func(withoutRecv(fn.Signature))
	}
	if ok && e.Times == models.Many {
		s.rootOf(fn).calledAs(e)
	}
}

// registered makes functions roots that the call hands to a library which calls them on goroutines of its own, or to a function of another package
// that turned out to.
func (s *runnerScan) registered(call ssa.CallInstruction) {
	c := call.Common()
	obj, args := calledByName(c), c.Args
	if c.IsInvoke() {
		args = append([]ssa.Value{c.Value}, args...)
	}
	if obj == nil || obj.Pkg() == s.u.pass.Pkg {
		return
	}
	effects, _ := models.Of(obj)
	for _, e := range effects {
		if (e.Kind == models.Spawn || e.Kind == models.Register) && e.Times != models.Apart && !e.Joined && e.Arg < len(args) {
			s.hand(args[e.Arg], e, e.Kind == models.Spawn && e.Times == models.AtMostOnce, call.Block())
		}
	}
	if c.IsInvoke() {
		obj = s.u.foreign(c)
	}
	if sum := s.u.summaryOf(target{obj: obj}); sum != nil {
		for i := range sum.Calls {
			p := &sum.Calls[i]
			if sp := sum.Spawn(p.Site); sp != nil && !sp.Joined && p.Path.Root.Kind == domain.Param && len(p.Path.Sel()) == 0 && int(p.Path.Root.Index) < len(args) {
				e := models.Effect{Spawn: sp.Kind, Times: models.Single}
				if p.Many {
					e.Times = models.Many
				}
				s.hand(args[p.Path.Root.Index], e, !e.Spawn.Registered() && !p.Many, call.Block())
			}
		}
	}
}

// hand makes the function v a root, which is called as e says, or, with one set, on one goroutine that is started for it in block.
func (s *runnerScan) hand(v ssa.Value, e models.Effect, one bool, block *ssa.BasicBlock) {
	v = unwrap(v)
	fn := staticTarget(v)
	if fn == nil {
		return
	}
	r := s.rootOf(fn)
	if one {
		s.starts(r, block, v)
		return
	}
	r.calledAs(e)
	r.given = append(r.given, bindings(v)...)
}

// starts notes a start of the root in block: a goroutine that runs fn with args.
func (s *runnerScan) starts(r *goRoot, block *ssa.BasicBlock, fn ssa.Value, args ...ssa.Value) {
	given := slices.Concat(args, bindings(fn))
	r.inLoop = r.inLoop || s.inLoop(block)
	r.sites = append(r.sites, block.Parent())
	r.starts = append(r.starts, goStart{block, given})
	r.given = append(r.given, given...)
}

func bindings(fn ssa.Value) []ssa.Value {
	if mc, ok := fn.(*ssa.MakeClosure); ok {
		return mc.Bindings
	}
	return nil
}

// calledAs notes that the function is called as e says.
func (r *goRoot) calledAs(e models.Effect) {
	r.other = true
	r.inLoop = r.inLoop || e.Times == models.Many
	r.handler = r.handler || e.Spawn == domain.Handler
}

// staticTarget returns the function that v is, nil for a value that may be one of several.
func staticTarget(v ssa.Value) *ssa.Function {
	switch v := v.(type) {
	case *ssa.Function:
		return v
	case *ssa.MakeClosure:
		return v.Fn.(*ssa.Function)
	}
	return nil
}

// inLoop reports whether b may be run again after itself.
func (s *runnerScan) inLoop(b *ssa.BasicBlock) bool {
	cyclic, ok := s.cyclic[b.Parent()]
	if !ok {
		cyclic = flow.Cyclic(b.Parent())
		s.cyclic[b.Parent()] = cyclic
	}
	return cyclic[b.Index]
}

// onGoroutines returns the roots from which each function is called.
func (s *runnerScan) onGoroutines() map[*ssa.Function][]*goRoot {
	on := map[*ssa.Function][]*goRoot{}
	for _, r := range s.roots {
		r.inCalls = slices.ContainsFunc(r.sites, func(fn *ssa.Function) bool { return s.loops[fn] })
		work := []*ssa.Function{r.fn}
		for len(work) > 0 {
			fn := work[len(work)-1]
			work = work[:len(work)-1]
			if slices.Contains(on[fn], r) {
				continue
			}
			on[fn] = append(on[fn], r)
			work = append(work, s.free[fn]...)
		}
	}
	return on
}

// ofEach reports whether each goroutine of the root is given another object with v: one that is made, in the same turn of a loop, by whoever starts it.
func (s *runnerScan) ofEach(v variable, root *goRoot) bool {
	if made, ok := v.value.(*ssa.MakeChan); ok {
		return s.inLoop(made.Block())
	}
	return !root.other && v.field != 0 && !slices.ContainsFunc(root.starts, func(start goStart) bool {
		return !slices.ContainsFunc(start.given, func(val ssa.Value) bool {
			made, ok := madeFor(val).(ssa.Instruction)
			return ok && typeSym(val.Type()) == v.field.Owner() && (!s.inLoop(start.block) || s.inLoop(made.Block()))
		})
	})
}

// madeFor returns what makes the object that val is, or that is in the variable at val: a call of a constructor, or an allocation. It is nil if val is anything else.
func madeFor(val ssa.Value) ssa.Value {
	switch val := val.(type) {
	case *ssa.Alloc:
		if put := onlyStored(val); put != nil {
			return madeFor(put)
		}
		return val
	case *ssa.Extract:
		return madeFor(val.Tuple)
	case *ssa.Call:
		if callee := val.Call.StaticCallee(); callee != nil && callee.Signature.Recv() == nil {
			return val
		}
	}
	return nil
}
