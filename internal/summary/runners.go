package summary

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/models"
)

// Runners: goroutines that call the functions which others put into a variable: a field that holds a callback, a table of handlers, a channel of tasks. Who puts
// a function there starts it on another goroutine, as with a row of the models that says so, but found by looking.

// runner says how the functions in a variable are run.
type runner struct {
	many    bool // by several goroutines at once
	handler bool // by what runs for each request
	// loop, if not nil, is the method of the variable's object on whose goroutine alone they are run: when that is over, so are they.
	loop *ssa.Function
}

// runnerScan gathers who calls what is in a variable, and which functions run on goroutines.
type runnerScan struct {
	u      *unit
	calls  map[variable][]*ssa.Function // the functions that call what is in the variable
	held   map[variableCall]bool        // those of them that do so under a lock of theirs
	each   map[variable]bool            // called by a go statement: a goroutine for each call
	edges  map[*ssa.Function][]*ssa.Function
	free   map[*ssa.Function][]*ssa.Function // those of edges with a call under no lock of the caller's, see locked
	loops  map[*ssa.Function]bool            // called from a loop
	cyclic map[*ssa.Function][]bool          // see flow.Cyclic
	roots  map[*ssa.Function]*goRoot
	args   map[*ssa.Parameter][]passing // what calls in sight pass
	// received are the channels from which the functions come that are called.
	received map[variable]bool
	invoked  []invocation
	locking  map[*ssa.Function]bool // see locksAt
	// underLock is that of lockedBy: all calls of a function are asked for in a row.
	lockedBy  *ssa.Function
	underLock map[ssa.CallInstruction]bool
	lent      map[*ssa.Function][]*ssa.Function // methods of objects that a call lends to another package, which calls them meanwhile
}

// findRunners scans the functions of the package.
func (u *unit) findRunners(funcs []*ssa.Function) {
	s := &runnerScan{u: u, calls: map[variable][]*ssa.Function{}, held: map[variableCall]bool{}, each: map[variable]bool{}, edges: map[*ssa.Function][]*ssa.Function{}, free: map[*ssa.Function][]*ssa.Function{},
		loops: map[*ssa.Function]bool{}, cyclic: map[*ssa.Function][]bool{}, roots: map[*ssa.Function]*goRoot{}, args: map[*ssa.Parameter][]passing{}, received: map[variable]bool{},
		locking: map[*ssa.Function]bool{}, lent: map[*ssa.Function][]*ssa.Function{}}
	for _, fn := range funcs {
		if u.inTest(fn) {
			continue // what a test starts says nothing of who calls the product's functions
		}
		s.served(fn)
		for _, b := range fn.Blocks {
			for _, instr := range b.Instrs {
				if call, ok := instr.(ssa.CallInstruction); ok {
					s.call(fn, call)
					s.registered(call)
				}
			}
		}
	}
	s.passed()
	s.conveyed()
	for v := range s.each {
		u.runners[v] = runner{many: true}
	}
	if len(s.calls) == 0 || len(s.roots) == 0 {
		return
	}
	on := s.onGoroutines()
	for v, callers := range s.calls {
		if v.value != nil && v.value.Parent() != nil && !v.calledInside(callers) {
			continue // the callers know what it is
		}
		if r, ok := s.judge(v, callers, on); ok {
			r.many = r.many || s.each[v]
			u.runners[v] = r
			if !r.many {
				s.executes(v, callers, on)
			}
		}
	}
}

func (s *runnerScan) call(fn *ssa.Function, call ssa.CallInstruction) {
	c := call.Common()
	if c.IsInvoke() {
		s.invoke(fn, call)
		return
	}
	goes := false
	if _, goes = call.(*ssa.Go); goes {
		s.root(call)
	}
	s.lends(fn, c)
	if callee := staticTarget(c.Value); callee != nil {
		t := s.u.target(callee)
		for i, a := range c.Args {
			if i < len(t.Params) {
				s.args[t.Params[i]] = append(s.args[t.Params[i]], passing{a, call.Block()})
			}
		}
		if !goes {
			s.edges[fn] = append(s.edges[fn], t)
			if !s.locked(call) {
				s.free[fn] = append(s.free[fn], t)
			}
			s.loops[t] = s.loops[t] || s.inLoop(call.Block())
		}
		return
	}
	s.called(fn, c.Value, goes, !goes && s.locked(call))
}

// variableCall is that a function calls what is in a variable.
type variableCall struct {
	of variable
	in *ssa.Function
}

// called notes that fn calls the function val, or has a goroutine call it.
func (s *runnerScan) called(fn *ssa.Function, val ssa.Value, goes, held bool) {
	for _, v := range s.u.holders(val) {
		if goes {
			s.each[v] = true
			continue
		}
		if held {
			s.held[variableCall{v, fn}] = true
		}
		if !slices.Contains(s.calls[v], fn) {
			s.calls[v] = append(s.calls[v], fn)
			s.received[v] = isReceived(val)
		}
	}
}

// passing is a value that a call in block passes.
type passing struct {
	val   ssa.Value
	block *ssa.BasicBlock
}

// passed follows functions through the parameters of those that call them, such as a helper that starts a goroutine for what it is given.
func (s *runnerScan) passed() {
	for changed := true; changed; {
		changed = false
		for p, args := range s.args {
			v, ok := s.u.variableOf(p)
			if !ok || !s.each[v] && len(s.calls[v]) == 0 {
				continue
			}
			for _, a := range args {
				if fn := staticTarget(unwrap(a.val)); fn != nil {
					changed = s.runs(v, fn, a.block) || changed
					continue
				}
				for _, h := range s.u.holders(a.val) {
					changed = s.same(h, v) || changed
				}
			}
		}
	}
}

// runs notes that the function fn, passed in block, is called as what is in the parameter v, and reports whether that is news.
func (s *runnerScan) runs(v variable, fn *ssa.Function, block *ssa.BasicBlock) (news bool) {
	started, inLoop := s.each[v], s.inLoop(block)
	for _, caller := range s.calls[v] {
		if r := s.roots[caller]; r != nil {
			started, inLoop = true, inLoop || r.inLoop
		} else if t := s.u.target(fn); !slices.Contains(s.edges[caller], t) {
			s.edges[caller], s.free[caller] = append(s.edges[caller], t), append(s.free[caller], t)
			news = true
		}
	}
	if !started {
		return news
	}
	news = news || s.roots[s.u.target(fn)] == nil
	r := s.rootOf(fn)
	r.other = true
	if !slices.Contains(r.sites, block.Parent()) {
		r.sites = append(r.sites, block.Parent())
		news = true
	}
	if inLoop && !r.inLoop {
		r.inLoop, news = true, true
	}
	return news
}

// same notes that what is in h is called as what is in v, and reports whether that is news.
func (s *runnerScan) same(h, v variable) (news bool) {
	if s.each[v] && !s.each[h] {
		s.each[h], news = true, true
	}
	for _, fn := range s.calls[v] {
		if !slices.Contains(s.calls[h], fn) {
			s.calls[h] = append(s.calls[h], fn)
			news = true
		}
		if held := (variableCall{h, fn}); s.held[variableCall{v, fn}] && !s.held[held] {
			s.held[held], news = true, true
		}
	}
	return news
}

// judge decides how the functions in v are run. A caller that runs them under a lock says nothing.
//
// One goroutine runs them one after another, whatever number of such variables there is: each has its own. If many objects have a goroutine each and
// the variable is not theirs, they run beside each other.
func (s *runnerScan) judge(v variable, callers []*ssa.Function, on map[*ssa.Function][]*goRoot) (r runner, ok bool) {
	var loops, bare []*ssa.Function
	for _, fn := range callers {
		if len(on[fn]) == 0 || s.held[variableCall{v, fn}] {
			loops = append(loops, nil)
			continue
		}
		ok = true
		bare = append(bare, fn)
		for _, root := range on[fn] {
			if !slices.Contains(loops, root.fn) {
				loops = append(loops, root.fn)
			}
			r.many = r.many || (root.inLoop || root.inCalls && !v.ofReceiver(root.fn)) && !s.ofEach(v, root)
			r.handler = r.handler || root.handler
		}
	}
	r.many = r.many || v.onTwo(bare, on)
	if len(loops) == 1 && loops[0] != nil && !r.many && !r.handler && v.ofReceiver(loops[0]) && loops[0].Parent() == nil {
		r.loop = loops[0]
	}
	return r, ok
}

// onTwo reports whether one function starts two goroutines for the object that it is a method of, both of which call what is in the object's field v.
func (v variable) onTwo(callers []*ssa.Function, on map[*ssa.Function][]*goRoot) bool {
	by := map[*ssa.Function]*goRoot{}
	for _, fn := range callers {
		for _, root := range on[fn] {
			for _, starter := range root.sites {
				if other := by[starter]; other != nil && other != root && v.ofReceiver(starter) && v.ofReceiver(root.fn) && v.ofReceiver(other.fn) {
					return true
				}
				by[starter] = root
			}
		}
	}
	return false
}

// locks reports whether fn takes a lock itself.
func (s *runnerScan) locks(fn *ssa.Function) bool {
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			call, ok := instr.(ssa.CallInstruction)
			if !ok {
				continue
			}
			obj := calledByName(call.Common())
			if obj == nil {
				continue
			}
			if _, ok := models.LockMethod(obj); ok {
				return true
			}
			effects, _ := models.Of(obj)
			if slices.ContainsFunc(effects, func(e models.Effect) bool { return e.Kind == models.Acquire || e.Kind == models.Once }) {
				return true
			}
		}
	}
	return false
}

// ofReceiver reports whether v is a field of the type whose method fn is.
func (v variable) ofReceiver(fn *ssa.Function) bool {
	recv := declared(fn).Signature.Recv()
	return recv != nil && v.field != 0 && v.field.Owner() == typeSym(recv.Type())
}

// calledInside reports whether v is a channel that a function has made, and what comes out of it is called in that and its function literals alone: a function that gets channels may
// be started for another one as well.
func (v variable) calledInside(callers []*ssa.Function) bool {
	made, ok := v.value.(*ssa.MakeChan)
	return ok && !slices.ContainsFunc(callers, func(fn *ssa.Function) bool { return declared(fn) != declared(made.Parent()) })
}

// runnerOf names the turns of what is in a variable, see domain.Spawn.Turn.
func runnerOf(variable string) string { return "runner of " + variable }

// name returns a text for v that is the same in every run.
func (v variable) name() string {
	if v.field != 0 {
		return v.field.String()
	}
	if fn := v.value.Parent(); fn != nil {
		return fn.String() + "." + v.value.Name()
	}
	return v.value.Name()
}
