package lockbalance

import (
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/domain"
	"github.com/mapguard/mapguard/internal/flow"
	"github.com/mapguard/mapguard/internal/models"
	"github.com/mapguard/mapguard/internal/summary"
)

// walker follows the paths of one function.
type walker struct {
	c     *checker
	fn    *ssa.Function
	locks *summary.Locks
	names *namer
	asked map[*ssa.If]fact // what each branch asks
	live  *liveness
	// tested counts what depends on what is known of a name: branches, callees, and values that are set to it. What only one branch asks needs no
	// remembering.
	tested  map[string]int
	cyclic  []bool // blocks that may run again, by index
	entries map[ssa.Instruction]*entry
	seen    map[ident]bool // see idents

	work    int  // instructions gone over
	gaveUp  bool // too many paths: nothing is said about this function
	blurred bool // facts were dropped: nothing is said that rests on a branch

	paths    map[string]domain.Path // of the locks by name
	walking  bool                   // its callees are being asked for
	walked   bool
	report   bool // the fixed point stands: note what is wrong
	notes    notes
	effect   effect
	recovers bool
	loops    map[*ssa.BasicBlock]map[*ssa.BasicBlock]bool
}

func newWalker(c *checker, fn *ssa.Function) *walker {
	locks := c.res.Locks(fn)
	return &walker{
		c: c, fn: fn, locks: locks, names: newNamer(locks, fn), asked: map[*ssa.If]fact{}, live: newLiveness(fn), tested: map[string]int{},
		cyclic: flow.Cyclic(fn), entries: map[ssa.Instruction]*entry{}, paths: map[string]domain.Path{}, notes: newNotes(),
		loops: map[*ssa.BasicBlock]map[*ssa.BasicBlock]bool{},
	}
}

// prepare looks at what the function and its callees ask for, before the function is walked.
func (w *walker) prepare() {
	for _, b := range w.fn.Blocks {
		for _, instr := range b.Instrs {
			switch instr := instr.(type) {
			case *ssa.If:
				q := w.question(instr.Cond)
				w.asked[instr] = q
				w.tested[q.name]++
				w.live.asks(b, q.name)
			case *ssa.Defer:
				w.recovers = w.recovers || recovers(instr)
				for _, name := range w.asks(&instr.Call, instr, nil) {
					w.live.atEnd = append(w.live.atEnd, w.live.of(name))
				}
			case *ssa.Call:
				for _, name := range w.asks(&instr.Call, instr, instr) {
					w.live.asks(b, name)
				}
			case *ssa.MakeClosure:
				w.asksClosure(w.locks.Closure(instr))
			case *ssa.Go:
				if callee, ok := w.locks.Callee(&instr.Call); ok {
					w.asksClosure(callee)
				}
			case *ssa.Phi:
				w.count(nil, instr.Edges...)
				w.live.hands(instr, w.names)
			case *ssa.Return:
				w.count(b, instr.Results...)
			case *ssa.Store:
				w.count(b, instr.Val)
			}
		}
	}
	w.live.solve(w.fn, w.names)
}

// count counts what becomes known under another name, in b if it is given.
func (w *walker) count(b *ssa.BasicBlock, vals ...ssa.Value) {
	for _, v := range vals {
		if _, isConst := v.(*ssa.Const); isConst {
			continue
		}
		name := w.names.of(v)
		w.tested[name]++
		if b != nil {
			w.live.asks(b, name)
		}
	}
}

// asks counts what a callee makes depend on what its caller may know, and returns the names of all that a call asks.
func (w *walker) asks(call *ssa.CallCommon, instr ssa.Instruction, res ssa.Value) (names []string) {
	if cond, _, ok := w.locks.Asserted(call); ok {
		return []string{w.question(cond).name}
	}
	if once, _, ok := w.locks.Once(call); ok {
		return []string{w.names.of(once)}
	}
	callee, ok := w.locks.Callee(call)
	if !ok || callee.Fn == nil {
		return nil
	}
	for _, x := range w.entry(callee, instr, res).ways {
		for _, f := range x.facts {
			w.tested[f.name]++
			names = append(names, f.name)
		}
	}
	return names
}

// asksClosure has what runs at another time walked now, and not while the worlds of this function are held: see hands.
func (w *walker) asksClosure(callee *summary.Callee) {
	if callee.Fn != nil && w.c.alters(callee.Fn) {
		w.c.effectOf(callee.Fn)
	}
}

// recovers reports whether a deferred closure calls recover.
func recovers(d *ssa.Defer) bool {
	fn := d.Call.StaticCallee()
	if fn == nil {
		return false
	}
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			if call, ok := instr.(*ssa.Call); ok {
				if b, ok := call.Call.Value.(*ssa.Builtin); ok && b.Name() == "recover" {
					return true
				}
			}
		}
	}
	return false
}

// walk solves the function, then goes over it once more to note what is wrong.
func (w *walker) walk() {
	w.prepare()
	sol := flow.Forward(w.fn, problem{w}, []*world{start(w.live)}, nil)
	if sol.Cut || w.gaveUp {
		w.gaveUp = true
		w.effect = effect{unknown: true}
		return
	}
	w.report = true
	for _, b := range w.fn.Blocks {
		if !sol.Reached[b.Index] {
			continue
		}
		ws := sol.In[b.Index]
		for _, instr := range b.Instrs {
			ws = w.step(ws, instr)
		}
		for i := range b.Succs {
			w.edge(b, i, ws)
		}
	}
	w.effect.finish()
}

// done ends the walk. What only that needs is dropped, since there are many functions.
func (w *walker) done() {
	w.walking = false
	w.asked, w.live, w.tested, w.entries, w.cyclic, w.names, w.locks, w.seen = nil, nil, nil, nil, nil, nil, nil, nil
}

// step moves worlds over one instruction.
func (w *walker) step(ws []*world, instr ssa.Instruction) []*world {
	if v, ok := instr.(ssa.Value); ok && w.cyclic[instr.Block().Index] {
		if _, isPhi := v.(*ssa.Phi); !isPhi {
			ws = w.again(ws, v)
		}
	}
	switch instr := instr.(type) {
	case *ssa.Call:
		return w.each(ws, func(in *world) []*world { return w.call(in, &instr.Call, instr, instr) })
	case *ssa.Defer:
		return w.map1(ws, func(in *world) *world { return w.deferred(in, instr) })
	case *ssa.RunDefers:
		return w.each(ws, w.runDefers)
	case *ssa.Alloc:
		return w.map1(ws, func(in *world) *world { return w.declare(in, instr) })
	case *ssa.Store:
		return w.unique(w.map1(ws, func(in *world) *world { return w.store(in, instr) }))
	case *ssa.MakeClosure:
		w.made(instr)
	case *ssa.Go:
		if callee, ok := w.locks.Callee(&instr.Call); ok {
			w.hands(callee)
		}
	case *ssa.Return:
		for _, in := range ws {
			w.exit(in, instr)
		}
	case *ssa.Panic:
		if w.recovers {
			for _, in := range w.each(ws, w.runDefers) {
				w.exit(in, instr)
			}
		}
	case *ssa.Lookup, *ssa.MapUpdate, *ssa.Range:
		w.touch(ws, instr)
	}
	return ws
}

// each puts what f makes of each world in its place.
func (w *walker) each(ws []*world, f func(*world) []*world) []*world {
	for i, in := range ws {
		n := f(in)
		if len(n) == 1 && n[0] == in {
			continue
		}
		out := append(append(make([]*world, 0, len(ws)+len(n)), ws[:i]...), n...)
		for _, in := range ws[i+1:] {
			out = append(out, f(in)...)
		}
		return problem{w}.bounded(w.unique(out))
	}
	return ws
}

// map1 is each for what makes one world of one. It returns ws itself if nothing changes.
func (w *walker) map1(ws []*world, f func(*world) *world) []*world {
	out := ws
	for i, in := range ws {
		n := f(in)
		if n == in {
			continue
		}
		if &out[0] == &ws[0] {
			out = slices.Clone(ws)
		}
		out[i] = n
	}
	return out
}

// declare follows a variable that is asked for before it is set: a flag, or a pointer, or a struct of options with such fields.
func (w *walker) declare(in *world, v *ssa.Alloc) *world {
	name := w.names.of(v)
	if name != w.names.itself(v) {
		return in // it goes by the name of the one value it is set to
	}
	t := v.Type().Underlying().(*types.Pointer).Elem()
	st, ok := t.Underlying().(*types.Struct)
	if !ok {
		return w.unset(in, name, t)
	}
	if !isPlain(v, true) {
		return in
	}
	for field := range st.Fields() {
		in = w.unset(in, name+"."+field.Name(), field.Type())
	}
	return in
}

// unset learns that what is called name has the zero value of its type, if somebody asks for it.
func (w *walker) unset(in *world, name string, t types.Type) *world {
	if w.tested[name] == 0 {
		return in
	}
	zero := "nil"
	switch t := t.Underlying().(type) {
	case *types.Basic:
		if t.Kind() != types.Bool {
			return in
		}
		zero = "false"
	case *types.Struct, *types.Array:
		return in
	}
	return in.learn(fact{name: name, val: zero, is: true, set: true})
}

// store follows what a variable is set to, and loses track of locks that hang on it.
func (w *walker) store(in *world, st *ssa.Store) *world {
	name := w.names.of(st.Addr)
	if name == w.names.of(st.Val) {
		return in // a parameter is put into its variable
	}
	field, index, asked := name+".", name+"[", "("+name+")"
	below := func(key string) bool { return strings.HasPrefix(key, field) || strings.HasPrefix(key, index) }
	n := in
	_, isVariable := st.Addr.(*ssa.Alloc)
	if !isVariable || isPointer(st.Addr.Type()) {
		for _, h := range in.holds {
			if below(h.key) {
				n = w.unsure(n, h.key)
			}
		}
	}
	n = n.forget(func(f *known) bool {
		return f.name == name || strings.Contains(f.name, field) || strings.Contains(f.name, asked)
	})
	switch k, ok := st.Val.(*ssa.Const); {
	case w.tested[name] == 0 && !outer(name):
		// Nobody asks for it: the tables and options of a test would be thousands of facts.
	case ok:
		n = n.learn(fact{name: name, val: constText(k), is: true, set: true})
	case notNil(st.Val):
		n = n.learn(fact{name: name, val: "nil", set: true})
	default:
		for _, f := range in.facts {
			if f.name == w.names.of(st.Val) && !f.old {
				n = n.learn(fact{name: name, val: f.val, is: f.is, set: true})
			}
		}
	}
	return n
}

// made notes a closure that is not run on the spot: what it releases may be released at any time.
func (w *walker) made(mc *ssa.MakeClosure) {
	if !w.report {
		return
	}
	if w.onlyOnce(mc) {
		w.c.onced[mc.Fn.(*ssa.Function)] = true
		return
	}
	for _, ref := range *mc.Referrers() {
		if call, ok := ref.(ssa.CallInstruction); ok && call.Common().Value == ssa.Value(mc) {
			if _, isGo := call.(*ssa.Go); !isGo {
				return
			}
		}
	}
	callee := w.locks.Closure(mc)
	if callee.Fn == nil {
		if op, ok := bound(w, mc); ok && op.Kind == models.Release {
			w.notes.handed[w.key(op.Addr)] = true
		}
		return
	}
	w.hands(callee)
}

// hands notes the locks that callee gives up when it runs, which is on another goroutine or at some other time.
func (w *walker) hands(callee *summary.Callee) {
	if !w.report || callee.Fn == nil || !w.c.alters(callee.Fn) {
		return
	}
	params, free := w.actuals(callee)
	for _, e := range w.c.effectOf(callee.Fn).exits {
		for _, h := range e.holds {
			if key, ok := translate(h.key, params, free); ok && (h.w < 0 || h.r < 0) {
				w.notes.handed[key] = true
			}
		}
	}
	walked := w.c.walkers[callee.Fn]
	if walked == nil {
		return
	}
	for _, r := range walked.notes.released {
		// One that it takes back is free in between, and no part of its effect.
		if key, ok := translate(r.key, params, free); ok && r.free {
			w.notes.handed[key] = true
		}
	}
	for key := range walked.notes.handed {
		if key, ok := translate(key, params, free); ok {
			w.notes.handed[key] = true // by a closure that it makes
		}
	}
}

// bound returns the lock operation that a method value is.
func bound(w *walker, mc *ssa.MakeClosure) (summary.LockOp, bool) {
	return w.locks.Op(&ssa.CallCommon{Value: mc})
}
