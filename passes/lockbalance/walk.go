package lockbalance

import (
	"go/token"
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
	order map[ssa.Instruction]int
	// tested counts the branches on each name: what is asked once needs no remembering.
	tested map[string]int

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
	w := &walker{
		c: c, fn: fn, locks: locks, names: newNamer(locks, fn), order: map[ssa.Instruction]int{}, tested: map[string]int{},
		paths: map[string]domain.Path{}, notes: newNotes(), loops: map[*ssa.BasicBlock]map[*ssa.BasicBlock]bool{},
	}
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			w.order[instr] = len(w.order) + 1
			switch instr := instr.(type) {
			case *ssa.If:
				w.tested[w.question(instr.Cond).name]++
			case *ssa.Defer:
				w.recovers = w.recovers || recovers(instr)
			}
		}
	}
	return w
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
	sol := flow.Forward(w.fn, problem{w}, []*world{{}})
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

// step moves worlds over one instruction.
func (w *walker) step(ws []*world, instr ssa.Instruction) []*world {
	if v, ok := instr.(ssa.Value); ok {
		if _, isPhi := v.(*ssa.Phi); !isPhi {
			ws = w.again(ws, v)
		}
	}
	switch instr := instr.(type) {
	case *ssa.Call:
		return w.each(ws, func(in *world) []*world { return w.call(in, &instr.Call, instr, instr) })
	case *ssa.Defer:
		return w.each(ws, func(in *world) []*world { return []*world{w.deferred(in, instr)} })
	case *ssa.RunDefers:
		return w.each(ws, w.runDefers)
	case *ssa.Store:
		return w.each(ws, func(in *world) []*world { return []*world{w.store(in, instr)} })
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

func (w *walker) each(ws []*world, f func(*world) []*world) []*world {
	var out []*world
	for _, in := range ws {
		out = append(out, f(in)...)
	}
	p := problem{w}
	return p.bounded(p.unique(out))
}

// again forgets what was known of v, which is computed anew: in a loop, of its last turn.
func (w *walker) again(ws []*world, v ssa.Value) []*world {
	if !slices.ContainsFunc(ws, (*world).knowing) {
		return ws
	}
	self := itself(v)
	stale := func(f fact) bool { return f.by == v || strings.Contains(f.name, self) }
	lost := func(h hold) bool { return strings.Contains(h.key, self) }
	other := func(d *ssa.Defer) bool {
		return slices.ContainsFunc(d.Call.Args, func(a ssa.Value) bool { return strings.Contains(w.names.of(a), self) })
	}
	out := ws
	for i, in := range ws {
		if !slices.ContainsFunc(in.facts, stale) && !slices.ContainsFunc(in.holds, lost) && !slices.ContainsFunc(in.defers, other) {
			continue
		}
		n := in.clone()
		n.forget(stale)
		n.holds = slices.DeleteFunc(n.holds, lost)
		n.defers = slices.DeleteFunc(n.defers, other)
		if &out[0] == &ws[0] {
			out = slices.Clone(ws)
		}
		out[i] = n
	}
	return out
}

// question splits a condition into what it asks, and whether it is true if that is so.
func (w *walker) question(cond ssa.Value) fact {
	is := true
	for {
		not, ok := cond.(*ssa.UnOp)
		if !ok || not.Op != token.NOT {
			break
		}
		cond, is = not.X, !is
	}
	b, ok := cond.(*ssa.BinOp)
	if !ok {
		return fact{w.names.of(cond), "true", is, cond, itself(cond), false}
	}
	x, y, op := b.X, b.Y, b.Op
	switch op {
	case token.NEQ:
		op, is = token.EQL, !is
	case token.GEQ:
		op, is = token.LSS, !is
	case token.LEQ:
		op, is = token.GTR, !is
	}
	if op == token.GTR {
		op, x, y = token.LSS, y, x
	}
	if _, isConst := x.(*ssa.Const); isConst && op == token.EQL {
		x, y = y, x
	}
	if k, isConst := y.(*ssa.Const); isConst && op == token.EQL {
		val := constText(k)
		if val == "false" {
			val, is = "true", !is
		}
		return fact{w.names.of(x), val, is, x, itself(x), false}
	}
	return fact{"(" + w.names.of(x) + op.String() + w.names.of(y) + ")", "true", is, cond, itself(x) + op.String() + itself(y), false}
}

// edge returns the worlds that take the i'th edge out of b.
func (w *walker) edge(b *ssa.BasicBlock, i int, ws []*world) []*world {
	out := ws
	if cond, ok := b.Instrs[len(b.Instrs)-1].(*ssa.If); ok {
		q := w.question(cond.Cond)
		if i == 1 {
			q.is = !q.is
		}
		out = nil
		for _, in := range ws {
			got, known := in.knows(q)
			switch {
			case known && got != q.is:
			case known || !w.remembers(q.name):
				out = append(out, in)
			default:
				n := in.clone()
				n.learn(q)
				out = append(out, n)
			}
		}
	}
	succ := b.Succs[i]
	if succ.Dominates(b) {
		out = w.comesRound(b, i, out)
	}
	return w.phis(b, i, out)
}

// remembers reports whether a fact about name may matter: it is asked again, or callers know the answer.
func (w *walker) remembers(name string) bool {
	return w.tested[name] > 1 || outer(name) || strings.HasPrefix(name, "v:")
}

// phis gives the phis behind an edge the values that come over it.
func (w *walker) phis(b *ssa.BasicBlock, i int, ws []*world) []*world {
	succ := b.Succs[i]
	if len(succ.Instrs) == 0 {
		return ws
	}
	if _, ok := succ.Instrs[0].(*ssa.Phi); !ok {
		return ws
	}
	pred := predIndex(b, i)
	var out []*world
	for _, in := range ws {
		n := in
		var facts []fact
		for _, instr := range succ.Instrs {
			phi, ok := instr.(*ssa.Phi)
			if !ok {
				break
			}
			facts = append(facts, w.flows(in, phi, phi.Edges[pred])...)
		}
		for _, instr := range succ.Instrs {
			phi, ok := instr.(*ssa.Phi)
			if !ok {
				break
			}
			n = w.again([]*world{n}, phi)[0]
		}
		if len(facts) > 0 {
			n = n.clone()
		}
		for _, f := range facts {
			n.learn(f)
		}
		out = append(out, n)
	}
	return out
}

// predIndex returns which of the edges into its successor the i'th edge out of b is.
func predIndex(b *ssa.BasicBlock, i int) int {
	nth := 0
	for _, s := range b.Succs[:i] {
		if s == b.Succs[i] {
			nth++
		}
	}
	for j, p := range b.Succs[i].Preds {
		if p == b {
			if nth == 0 {
				return j
			}
			nth--
		}
	}
	return 0
}

// flows returns what is known of phi if it gets the value v.
func (w *walker) flows(in *world, phi *ssa.Phi, v ssa.Value) []fact {
	name := w.names.of(phi)
	if k, ok := v.(*ssa.Const); ok && !isNumber(k.Type()) {
		return []fact{{name, constText(k), true, phi, itself(phi), false}}
	}
	if notNil(v) {
		return []fact{{name, "nil", false, phi, itself(phi), false}}
	}
	var out []fact
	src := w.names.of(v)
	for _, f := range in.facts {
		if f.name == src && !f.old {
			out = append(out, fact{name, f.val, f.is, phi, itself(phi), false})
		}
	}
	return out
}

// isNumber: counters would make each turn of a loop a world of its own.
func isNumber(t types.Type) bool {
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Info()&types.IsNumeric != 0
}

func notNil(v ssa.Value) bool {
	switch v.(type) {
	case *ssa.MakeInterface, *ssa.Alloc, *ssa.MakeClosure, *ssa.FieldAddr, *ssa.MakeMap, *ssa.MakeChan, *ssa.MakeSlice:
		return true
	}
	return false
}

// store follows what a variable is set to, and loses track of locks that hang on it.
func (w *walker) store(in *world, st *ssa.Store) *world {
	name := w.names.of(st.Addr)
	if name == w.names.of(st.Val) {
		return in // a parameter is put into its variable
	}
	below := func(key string) bool {
		return strings.HasPrefix(key, name+".") || strings.HasPrefix(key, name+"[")
	}
	n := in.clone()
	_, isVariable := st.Addr.(*ssa.Alloc)
	if !isVariable || isPointer(st.Addr.Type()) {
		for i := range n.holds {
			if below(n.holds[i].key) {
				n.holds[i].unsure = true
			}
		}
	}
	n.forget(func(f fact) bool {
		return f.name == name || strings.Contains(f.name, name+".") || strings.Contains(f.name, "("+name+")")
	})
	switch k, ok := st.Val.(*ssa.Const); {
	case w.tested[name] == 0 && strings.ContainsAny(name, "[("):
		// An element, or memory that was computed, which nobody asks for: the tables of a test would be thousands of facts.
	case ok:
		n.learn(fact{name, constText(k), true, nil, "", false})
	case notNil(st.Val):
		n.learn(fact{name, "nil", false, nil, "", false})
	default:
		for _, f := range in.facts {
			if f.name == w.names.of(st.Val) && !f.old {
				n.learn(fact{name, f.val, f.is, nil, "", false})
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
func (w *walker) hands(callee summary.Callee) {
	if !w.report || callee.Fn == nil {
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
}

// bound returns the lock operation that a method value is.
func bound(w *walker, mc *ssa.MakeClosure) (summary.LockOp, bool) {
	return w.locks.Op(&ssa.CallCommon{Value: mc})
}
