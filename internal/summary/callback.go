package summary

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/domain"
	"github.com/mapguard/mapguard/internal/models"
)

// Callbacks: functions that a library calls on goroutines of its own, as a row of the models says. Some run from now on (a task handed to a pool),
// others are registered and wait for somebody to serve.

// spawnModel applies a modelled spawner: wg.Go(f), time.AfterFunc(d, f).
func (f *function) spawnModel(st *state, t target, e models.Effect, instr ssa.Instruction, out *collector) {
	v := t.args[e.Arg]
	if e.Joined && e.Times == models.AtMostOnce {
		if e.Unless == "" || !f.callsMethod(v, e.Unless) {
			f.runNow(st, v, instr, f.here(st), out)
			if e.Unless == "" {
				f.wait(st, []domain.Path{looked}, false) // a subtest is only run
			}
			return
		}
		f.together(st, v, e, instr, out)
		return
	}
	before := st.running
	vals := elements(v)
	for _, v := range vals {
		pos := instr.Pos()
		if c, ok := v.(*ssa.MakeClosure); ok && len(vals) > 1 {
			pos = c.Fn.Pos() // each function of a variadic call is a goroutine of its own
		}
		f.startAll(st, f.modelSpawning(st, pos, t, e, instr), v, out)
	}
	if e.Joined {
		st.running = before
	}
}

// modelSpawning returns the start of a goroutine by a call that the models know.
func (f *function) modelSpawning(st *state, pos token.Pos, t target, e models.Effect, instr ssa.Instruction) *spawning {
	s := f.newSpawning(st, pos, instr.Block(), e.Spawn)
	s.many = e.Times == models.Many
	if e.Times == models.Single {
		s.self, s.turn = false, domain.Intern(e.Group)
	}
	if v, ok := instr.(ssa.Value); ok && e.Spawn == domain.Timer {
		s.again = f.u.neverStopped(v)
	}
	if e.Key != models.NoKey {
		s.signals = f.paths(t.args[e.Key])
	}
	return s
}

func (f *function) startAll(st *state, s *spawning, v ssa.Value, out *collector) {
	for _, fv := range f.funcVals(v) {
		if fv.fn == nil {
			f.startDynamic(st, s, fv, &ssa.CallCommon{}, out)
			continue
		}
		f.start(st, s, f.u.bind(fv, nil), out)
	}
	for _, m := range f.methodsOf(v) {
		f.start(st, s, m, out)
	}
}

// elements returns the arguments that a variadic call packed into the slice v, or v itself.
func elements(v ssa.Value) []ssa.Value {
	slice, ok := v.(*ssa.Slice)
	if !ok || slice.X.Referrers() == nil { // an array that is a package variable has none
		return []ssa.Value{v}
	}
	packed, ok := slice.X.(*ssa.Alloc)
	if !ok {
		return []ssa.Value{v} // a slice of something else, such as a package variable, which nothing refers to
	}
	var out []ssa.Value
	for _, ref := range *packed.Referrers() {
		addr, ok := ref.(*ssa.IndexAddr)
		if !ok {
			continue
		}
		for _, use := range *addr.Referrers() {
			if st, ok := use.(*ssa.Store); ok && st.Addr == ssa.Value(addr) {
				out = append(out, st.Val)
			}
		}
	}
	return out
}

// together registers what runs beside others of its kind once the function around them is done, such as parallel subtests: beside itself, if it is
// in a loop.
func (f *function) together(st *state, v ssa.Value, e models.Effect, instr ssa.Instruction, out *collector) {
	for _, fv := range f.funcVals(v) {
		if fv.fn == nil {
			continue
		}
		s := f.newSpawning(st, instr.Pos(), instr.Block(), domain.Callback)
		s.loop, s.running = f.innermost(instr.Block()), nil
		s.self, s.turn, s.from = s.loop != nil, s.site, together.Loc()
		f.start(st, s, f.u.bind(fv, nil), out)
	}
}

// callsMethod reports whether a function that v may be calls a method of this name itself.
func (f *function) callsMethod(v ssa.Value, name string) bool {
	for _, fv := range f.funcVals(v) {
		if fv.fn == nil {
			continue
		}
		for _, b := range f.u.target(fv.fn).Blocks {
			for _, instr := range b.Instrs {
				if call, ok := instr.(ssa.CallInstruction); ok && calleeName(call.Common()) == name {
					return true
				}
			}
		}
	}
	return false
}

func calleeName(c *ssa.CallCommon) string {
	if c.IsInvoke() {
		return c.Method.Name()
	}
	if fn := c.StaticCallee(); fn != nil && fn.Signature.Recv() != nil {
		return fn.Name()
	}
	return ""
}

// registerAll registers the functions that v may be, and the methods of an object that is handed over as one of a library's interfaces. holder is
// what they are kept in, 0 if each is on its own.
func (f *function) registerAll(st *state, v ssa.Value, e models.Effect, holder domain.Sym, out *collector) {
	for _, v := range elements(v) {
		for _, fv := range f.funcVals(v) {
			if fv.fn != nil {
				f.register(st, fv, e, holder, out)
			}
		}
		if e.Spawn == domain.Handler {
			f.registerObject(st, v, e, holder, out)
			continue
		}
		for _, m := range f.methodsOf(v) {
			f.begin(st, m, m.fn.Pos(), e, holder, out)
		}
	}
}

// registerObject registers the handler method of an object, beside which the object is used from when somebody serves, and which may call functions that were
// put into it. That requests meet each other in the method is judged where it is declared: it is known there by its interface.
func (f *function) registerObject(st *state, v ssa.Value, e models.Effect, holder domain.Sym, out *collector) {
	mi, ok := v.(*ssa.MakeInterface)
	if !ok {
		return
	}
	method := methodNamed(mi.X.Type(), f.u.pass.Pkg, "ServeHTTP")
	if method == nil {
		return
	}
	t := target{obj: method, args: []ssa.Value{mi.X}}
	if method.Pkg() == f.u.pass.Pkg {
		t.fn = f.u.pkg.Prog.FuncValue(method)
	}
	if sum := f.u.summaryOf(t); sum != nil {
		f.begin(st, t, mi.X.Pos(), e, holder, out)
	}
}

// register makes v a handler or another callback: it will run for each request, say, but not before somebody serves, which is rarely before the function
// that sets things up is done.
func (f *function) register(st *state, v funcVal, e models.Effect, holder domain.Sym, out *collector) {
	pos := v.fn.Pos()
	if v.site != nil && v.site.Pos().IsValid() {
		pos = v.site.Pos()
	}
	t := f.u.bind(v, nil)
	if f.u.summaryOf(t) != nil {
		f.begin(st, t, pos, e, holder, out)
	}
}

func (f *function) begin(st *state, t target, pos token.Pos, e models.Effect, holder domain.Sym, out *collector) {
	if e.Times == models.Apart {
		return
	}
	s := f.newSpawning(st, pos, nil, e.Spawn)
	s.many, s.self, s.running = e.Times == models.Many, false, nil
	s.several = s.many && (e.Kind == models.Register || e.Kind == models.Called || e.Kind == models.Methods)
	switch e.Times {
	case models.AtMostOnce:
		s.turn = s.site
	case models.Serial, models.Alone:
		s.turn = s.site
		if holder != 0 {
			s.turn = holder
		}
	case models.Single:
		s.turn = domain.Intern(e.Group)
	}
	f.start(st, s, t, out)
}

// methodsOf returns the methods of an object of this package that v hands over as an interface of another one. That of an interface that has a row is
// known by it.
func (f *function) methodsOf(v ssa.Value) []target {
	mi, ok := v.(*ssa.MakeInterface)
	if !ok {
		return nil
	}
	own, _ := types.Unalias(deref(mi.X.Type())).(*types.Named)
	iface := mi.Type().Underlying().(*types.Interface)
	if own == nil || own.Obj().Pkg() != f.u.pass.Pkg || IsMap(own) {
		return nil
	}
	var out []target
	for m := range iface.Methods() {
		fn := methodNamed(mi.X.Type(), f.u.pass.Pkg, m.Name())
		if fn == nil {
			continue
		}
		if _, known := f.u.scope.Method(fn); known {
			continue
		}
		if body := f.u.pkg.Prog.FuncValue(fn); body != nil && body.Blocks != nil {
			out = append(out, target{fn: body, obj: fn, args: []ssa.Value{mi.X}})
		}
	}
	return out
}

// callbackField applies the store of a function in a field that a library calls.
func (f *function) callbackField(st *state, instr *ssa.Store, out *collector) {
	addr, ok := instr.Addr.(*ssa.FieldAddr)
	if !ok {
		return
	}
	switch instr.Val.Type().Underlying().(type) {
	case *types.Signature, *types.Interface:
	default:
		return
	}
	named, ok := types.Unalias(deref(addr.X.Type())).(*types.Named)
	if !ok {
		return
	}
	strct, ok := named.Underlying().(*types.Struct)
	if !ok {
		return
	}
	if e, ok := models.Field(named.Obj(), strct.Field(addr.Field).Name()); ok {
		f.registerAll(st, instr.Val, e, f.holder(addr.X), out)
	}
}

// holder names the struct that callbacks are set in.
func (f *function) holder(x ssa.Value) domain.Sym {
	for _, p := range f.paths(x) {
		return domain.Intern(f.u.pass.Pkg.Path() + ":" + p.String())
	}
	return 0
}

// converted applies the conversion of a function to a type whose functions a library calls. That of a shape which says so by itself was applied where the
// closure was made.
func (f *function) converted(st *state, instr *ssa.ChangeType, out *collector) {
	sig, ok := instr.Type().Underlying().(*types.Signature)
	if !ok || f.u.isHandler(sig) {
		return
	}
	if e, ok := models.Converted(instr.Type()); ok {
		f.registerAll(st, instr.X, e, 0, out)
	}
}

// closure registers a closure that says by itself how it is called: by its shape, or since it is for several.
func (f *function) closure(st *state, mc *ssa.MakeClosure, out *collector) {
	fn := mc.Fn.(*ssa.Function)
	e, ok := f.u.scope.Func(fn.Signature)
	if !ok && f.forSeveral(fn) {
		e, ok = forMany, true
	}
	if ok {
		f.register(st, funcVal{fn: fn, free: f.u.bindings(mc), site: mc}, e, 0, out)
	}
}

// literals registers function literals that capture nothing, of a shape that says by itself how they are called, where instr hands them on: no instruction makes
// them, as one makes a closure.
func (f *function) literals(st *state, instr ssa.Instruction, out *collector) {
	if len(f.fn.AnonFuncs) == 0 {
		return
	}
	var callee ssa.Value
	if call, ok := instr.(ssa.CallInstruction); ok {
		callee = call.Common().Value
	}
	f.ops = instr.Operands(f.ops[:0])
	for _, op := range f.ops {
		fn, ok := (*op).(*ssa.Function)
		if !ok || fn.Parent() != f.fn || *op == callee {
			continue
		}
		if e, ok := f.u.scope.Func(fn.Signature); ok {
			f.register(st, funcVal{fn: fn}, e, 0, out)
		}
	}
}

// calledBy returns how others call a method or function: because of its interface or shape, or because its object was handed over.
func (u *unit) calledBy(f *Func, valued bool, worn map[*ssa.Function]models.Effect) (models.Effect, bool) {
	fn, obj := f.SSA, origin(f.SSA)
	if e, ok := worn[fn]; ok {
		return e, true
	}
	if e, ok := u.scope.Method(obj); ok {
		return e, true
	}
	if e, ok := u.scope.Extended(obj); ok && !f.Called {
		return e, true
	}
	if e, ok := u.scope.Func(withoutRecv(fn.Signature)); ok && (valued || !f.Called && u.takesRequests(obj)) {
		return e, true
	}
	if recv := fn.Signature.Recv(); recv != nil {
		for _, s := range u.services[typeSym(recv.Type())] {
			if s.has(obj) {
				return s.effect, true
			}
		}
	}
	return models.Effect{}, false
}

// byOthers makes f an entry of its own kind if we know of others who call it, whoever else does.
func (u *unit) byOthers(f *Func, valued bool, worn map[*ssa.Function]models.Effect) {
	if f.SSA.Parent() != nil || f.InTest || f.Entry == Setup || f.Entry == Main {
		return
	}
	e, ok := u.calledBy(f, valued, worn)
	if !ok {
		return
	}
	f.By, f.Beside, f.Anytime = e.Spawn, e.Times != models.Apart, e.Times == models.AtMostOnce
	switch e.Times {
	case models.Many:
		f.Entry = Served
	case models.Apart:
		f.Entry = Setup
	default:
		f.Entry = Callback
	}
}
