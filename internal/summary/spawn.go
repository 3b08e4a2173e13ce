package summary

import (
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/domain"
	"github.com/mapguard/mapguard/internal/models"
)

// spawning is one start of a goroutine.
type spawning struct {
	f       *function
	site    domain.Sym
	kind    domain.SpawnKind
	pos     domain.Pos
	running []domain.Sym // what may be running when it starts
	when    []domain.Sym // see domain.Spawn.When
	// self: one more of this site may be running when it starts, or the site alone runs it many times.
	self, many bool
	touches    bool // see domain.Summary.Touches
	again      bool // see domain.Spawn.Again
	first      bool // see domain.Spawn.First
	several    bool // see domain.Spawn.Several
	loop       loop
	joins      []domain.Path
	signals    []domain.Path
	name       domain.Sym
	once       domain.Lockset                         // go once.Do(f), or what an executor holds
	turn       domain.Sym                             // see domain.Spawn.Turn
	from       domain.Sym                             // see domain.Spawn.From
	past       []domain.Path                          // what the goroutine has signalled at the part that site names
	parts      recent[place[domain.Path], domain.Sym] // see siteAfter
}

// newSpawning returns the start at instr in state st.
func (f *function) newSpawning(st *state, pos token.Pos, block *ssa.BasicBlock, kind domain.SpawnKind) *spawning {
	p := f.u.pos(pos)
	s := &spawning{f: f, site: domain.Intern(p.String()), kind: kind, pos: p, running: st.running, when: st.when}
	s.first = kind == domain.Go && f.first(&domain.Spawn{}, st.locks)
	s.self = domain.HasSym(st.running, s.site) || domain.HasSym(st.running, domain.Inner(s.site))
	if s.self {
		st.multi = domain.InsertSym(st.multi, s.site)
		s.loop = f.innermost(block)
	}
	return s
}

// parallel reports whether the memory at a path of the child may be touched by another child of the same site: the variable itself, not what it refers to, if
// variable is set.
func (s *spawning) parallel(e *env, p *domain.Path, variable bool) bool {
	if p.IsOwn() {
		return false
	}
	if s.many {
		return true
	}
	if !s.self {
		return false
	}
	for _, sel := range p.Sel() {
		if r, ok := sel.Index(); ok && s.varies(e, &r) {
			return false
		}
	}
	switch p.Root.Kind {
	case domain.Global:
		return true
	case domain.Param, domain.FreeVar:
		return !s.varies(e, &p.Root) && !(variable && len(p.Sel()) == 0 && s.declares(e, &p.Root))
	}
	return false
}

// declares reports whether the variable that the child has captured is declared in the loop that starts it, so that each turn has its own.
func (s *spawning) declares(e *env, r *domain.Root) bool {
	if a := e.actual(r); a != nil {
		alloc, ok := a.val.(*ssa.Alloc)
		return ok && s.loop[alloc.Block()]
	}
	return false
}

// repeats reports whether several goroutines of the site may run the function v, if that is what they run, and lists whether each runs another one: in the
// turns of a loop over functions.
func (s *spawning) repeats(v ssa.Value) bool { return s.many || s.self && !s.f.varies(v, s.loop) }
func (s *spawning) lists(v ssa.Value) bool   { return !s.many && s.self && s.f.varies(v, s.loop) }

// varies reports whether each goroutine of the site gets another value of the argument r.
func (s *spawning) varies(e *env, r *domain.Root) bool {
	a := e.actual(r)
	return a == nil || a.val == nil || s.f.varies(a.val, s.loop)
}

// ownLocks returns the locks, named in f, that each goroutine of the site has for itself: a mutex made anew in each turn of the loop. They
// keep nobody else of the site out.
func (s *spawning) ownLocks(e *env, inner *domain.Terms) []domain.Path {
	var out []domain.Path
	for i := range inner.Locks {
		p := &inner.Locks[i].Path
		if (p.Root.Kind == domain.Param || p.Root.Kind == domain.FreeVar) && s.self && !s.many && s.varies(e, &p.Root) {
			out = append(out, e.content(p)...)
		}
	}
	return out
}

// goStmt applies a go statement.
func (f *function) goStmt(st *state, instr *ssa.Go, out *collector) {
	s := f.newSpawning(st, instr.Pos(), instr.Block(), domain.Go)
	f.noteGate(instr, s.pos)
	known, dynamic := f.targets(&instr.Call)
	for _, t := range known {
		f.start(st, s, t, out)
	}
	for _, v := range dynamic {
		f.startDynamic(st, s, v, &instr.Call, out)
	}
	f.handTo(st, instr.Call.Args...)
	if len(known) == 0 && len(dynamic) == 0 {
		st.running = domain.InsertSym(st.running, s.variant(nil))
	}
}

// start runs t on a new goroutine. It is running from here on, with its accesses unordered to what follows.
func (f *function) start(st *state, s *spawning, t target, out *collector) {
	s.name = f.u.targetName(t)
	if t.fn == nil && t.obj != nil && s.kind == domain.Handler && f.u.knownThere(t.obj) {
		f.u.answering[s.name] = true
	}
	s.once = s.once.Union(t.after()).Union(f.u.executes(t.fn))
	f.publishAll(st, t)
	sum := f.u.summaryOf(t)
	e := f.env(t, nil)
	e.spawn = s
	if sum == nil || f.u.effects(t) != nil {
		f.startUnknown(st, s, t, out)
		return
	}
	f.noteStarted(st, out)
	f.publishArgs(st, sum, e) // to whomever the goroutine gives it
	s.touches = sum.Touches
	signals := e.set(sum.Signals)
	if !s.kind.Registered() {
		signals = without(signals, e.set(sum.Late))
	}
	s.signals = domain.UnionPaths(s.signals, signals)
	s.joins = domain.UnionPaths(s.joins, e.set(sum.Awaits))
	st.expected = without(st.expected, s.signals)
	at := domain.Context{
		Terms: domain.Terms{
			Site:  s.variant(nil),
			Locks: f.handOver(st, f.released(sum, e)).Union(s.once.Exclusive()).Union(st.past()).Union(st.handRoles(s)),
		},
		Chain: []domain.Frame{{Func: s.name, Pos: s.pos}},
	}
	f.calls(out, t, at.Site, st.running, &at, st, e.several(t))
	f.enter(nil, sum, e, at, out, 0)
	if out != nil {
		f.noteLocked(at.Site, sum, e)
	}
	if s.kind.Registered() {
		f.leftBy[s.variant(nil)] = f.left(sum, e)
		return
	}
	f.nowRunning(st, s, sum, e)
	if sum.Serves {
		f.serve(st)
	}
}

// startedBy returns the start of the goroutine, or the part of one, at site, on which a helper calls a function that f has supplied after those signals; nil if the helper calls it on
// its own goroutine.
func (f *function) startedBy(call *domain.FuncCall, site domain.Sym, after []domain.Path) *spawning {
	sp := f.spawns[site]
	if call.Site == 0 || sp == nil || sp.Kind.Registered() {
		return nil
	}
	return &spawning{f: f, site: site, kind: sp.Kind, pos: sp.Pos, running: sp.Running, when: sp.When, signals: sp.Signals, joins: sp.Joins, name: sp.Func, touches: sp.Touches, again: sp.Again, turn: sp.Turn, from: sp.From, past: after}
}

// startUnknown runs code that we don't see: what it signals or waits for may be modelled, and functions that it gets run there.
func (f *function) startUnknown(st *state, s *spawning, t target, out *collector) {
	var scratch state
	f.applyModel(&scratch, f.u.effects(t), t, nil, nil)
	for _, e := range f.u.effects(t) {
		if e.Kind == models.Register && e.Arg < len(t.args) {
			f.registerAll(st, t.args[e.Arg], e, 0, out) // go http.ListenAndServe(addr, h)
		}
	}
	if scratch.serves || t.obj != nil && f.u.scope.Requests(t.obj) {
		f.serve(st) // go h.ServeHTTP(w, r)
	}
	f.operateOn(s, t, out)
	s.once = scratch.locks
	s.signals = domain.UnionPaths(s.signals, scratch.sent)
	s.joins = domain.UnionPaths(s.joins, scratch.waits)
	for _, a := range t.args {
		for _, fv := range f.funcVals(a) {
			if fv.fn != nil && !f.u.isHandler(fv.fn.Signature) {
				if inner := f.u.bind(fv, nil); f.u.summaryOf(inner) != nil {
					f.start(st, s, inner, out)
				}
			}
		}
	}
	st.running = domain.InsertSym(st.running, s.variant(nil))
	st.fresh, st.expected = nil, nil
}

// startDynamic runs a function that f's caller supplied.
func (f *function) startDynamic(st *state, s *spawning, v funcVal, c *ssa.CallCommon, out *collector) {
	site := s.variant(nil)
	if out != nil {
		call := domain.FuncCall{Context: domain.Context{Pos: s.pos, Terms: domain.Terms{Site: site, Many: s.repeats(c.Value), Locks: s.once.Exclusive()}}, Path: v.path, Listed: s.lists(c.Value)}
		for i, a := range c.Args {
			call.Args = append(call.Args, f.paths(a))
			if s.self && !s.many && f.varies(a, s.loop) {
				call.Each = append(call.Each, i)
			}
		}
		out.call(call)
	}
	f.starting = true
	f.publishPaths(st, []domain.Path{v.path})
	f.starting = false
	st.fresh, st.expected = nil, nil
	st.running = domain.InsertSym(st.running, site)
}

func (f *function) publishAll(st *state, t target) { f.handTo(st, slices.Concat(t.args, t.free)...) }

// applyModel applies what the table says of a call.
func (f *function) applyModel(st *state, effects []models.Effect, t target, instr ssa.Instruction, out *collector) {
	f.effectPuts(effects, t, func(to []domain.Path, val ssa.Value) { f.publishNow(st, to, val) })
	for _, e := range effects {
		if e.HasArg() && e.Arg >= len(t.args) {
			continue
		}
		switch e.Kind {
		case models.Acquire:
			if lock := f.u.wholeLock(t.args[e.Arg]); !privateLock(lock) {
				f.acquire(st, f.oneOfTable(f.lockPaths(lock)), e.Mode, f.keyed(lock))
			}
		case models.Release:
			if lock := f.u.wholeLock(t.args[e.Arg]); !privateLock(lock) {
				f.releaseAll(st, f.lockPaths(lock))
			}
		case models.Wait:
			f.wait(st, f.paths(t.args[e.Arg]), true)
		case models.Expect:
			st.expected = domain.UnionPaths(st.expected, sorted(f.signalKeys(t.args[e.Arg])))
		case models.Signal:
			f.answer(st, f.paths(t.args[e.Arg]))
			f.goOn(st, f.paths(t.args[e.Arg]))
			f.signal(st, f.signalKeys(t.args[e.Arg]))
		case models.Set:
			if e.Arg+1 < len(t.args) {
				f.setFlag(st, t.args[e.Arg], t.args[e.Arg+1])
			}
		case models.Together:
			f.wait(st, []domain.Path{together}, false)
		case models.Settle:
			st.running, st.multi = nil, nil
		case models.Drain:
			f.drain(st, e.Spawn)
		case models.Cleanup:
			if call, ok := instr.(*ssa.Call); ok {
				st.cleanups = merged(st.cleanups, []*ssa.Call{call})
			}
		case models.NoReturn:
			st.dead = true
		case models.Serve:
			f.noteStarted(st, out)
			f.serve(st)
		case models.Access:
			if instr == nil || lastWords(instr) {
				continue
			}
			for _, v := range shownOf(t.args, e.Arg) {
				f.operate(st, out, instr.Pos(), unwrap(v), &e)
				f.showItself(st, out, unwrap(v), &e, instr)
			}
		case models.Once:
			f.once(st, t, e, instr, out)
		case models.Spawn:
			if instr != nil {
				f.spawnModel(st, t, e, instr, out)
			}
		case models.Register:
			f.registerAll(st, t.args[e.Arg], e, 0, out)
		case models.Call:
			if instr != nil {
				f.runNow(st, t.args[e.Arg], instr, f.here(st), out)
			}
		}
	}
}

// serve starts the handlers registered so far.
func (f *function) serve(st *state) {
	st.serves, st.fresh = true, nil
	f.serves = true
	for site, sp := range f.spawns {
		if sp.Kind.Registered() {
			st.running = domain.UnionSyms(domain.InsertSym(st.running, site), f.leftBy[site])
		}
	}
}

func unwrap(v ssa.Value) ssa.Value {
	for {
		switch x := v.(type) {
		case *ssa.MakeInterface:
			v = x.X
		case *ssa.ChangeType:
			v = x.X
		default:
			return v
		}
	}
}
