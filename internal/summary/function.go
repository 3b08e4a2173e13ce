package summary

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/domain"
	"github.com/mapguard/mapguard/internal/flow"
)

// function is the analysis of one function.
type function struct {
	u      *unit
	fn     *ssa.Function
	name   string
	inTest bool

	memo    map[ssa.Value][]domain.Path
	pending map[ssa.Value]int        // see paths: the depth at which a value is being computed, or that of the one that it waits for
	partial []ssa.Value              // what waits for a value that is being computed
	depth   int                      // of values being computed
	needs   int                      // the lowest depth that the value being computed waits for
	names   map[ssa.Value]domain.Sym // names of memory made here
	made    map[domain.Sym]ssa.Value
	order   ordinals
	static  map[*ssa.CallCommon][]target // of calls of a function by its name
	results map[ssa.Value][]funcVal      // see returned
	envs    map[ssa.Instruction][]targetEnv
	taken   map[ssa.Value]domain.Lockset // see take
	sharing map[domain.Path]bool         // see sharedPart
	stored  map[*ssa.Alloc]*storeInfo
	loops   []loop
	items   *[]itemDone     // see itemsDone
	waiting *bool           // see waits
	joining *bool           // see joins
	at      ssa.Instruction // the instruction at hand
	ops     []*ssa.Value    // its operands, for who goes over them
	alone   [1]domain.Path  // see aliases
	moving  state           // that Transfer moves
	edges   []state         // what it returns
	states  []state         // of the solution

	spawns     map[domain.Sym]*domain.Spawn
	leftBy     map[domain.Sym][]domain.Sym      // the goroutines that a handler, or another callback, leaves running, by its site
	starts     map[domain.Sym]loopStart         // where goroutines are started in loops
	gates      map[domain.Pos][]ssa.Instruction // see noteGate
	givers     map[domain.Sym]ssa.Instruction   // where goroutines are started, which get what they have there
	until      map[domain.Path]domain.Path      // the channel that is a lock until this is signalled, see pause
	nilWaits   []domain.Path                    // see noteNil
	returnsNil bool
	outcome    *outcome       // see ends
	wellHeld   domain.Lockset // see noteWell
	endsWell   bool
	adopted    map[adoptKey]*domain.Spawn
	resolving  map[*ssa.Alloc]bool         // variables whose value is being looked for
	awaits     []domain.Path               // all join keys ever waited for
	nested     [maxNesting]int             // see maxNested
	starting   bool                        // what is published goes to goroutines of f only
	out        map[domain.Sym]bool         // see giveAway
	letWhile   map[domain.Sym][]domain.Sym // what others could reach while the goroutine of a site was running, see keepOwn
	published  []domain.Path               // parameters and captured variables, or parts of them, that others can reach (sorted)
	lastTurn   []domain.Sym                // see solve
	givenAway  []domain.Path               // those of them that more than goroutines started here, and functions that have captured them, can reach
	heard      []domain.Heard              // those of them that functions which have captured them can reach, and their callers have
	hearing    domain.Sym                  // the function that has captured what is being published, 0 if none has
	hearers    map[domain.Sym][]domain.Sym // the functions that have captured local memory, and that others have
	locked     []domain.LockedTouch        // see noteLocked
	serves     bool
	touches    bool // see domain.Summary.Touches
	scanned    bool
	solving    bool                                 // the function is being summarised, and not asked about afterwards
	borrowed   []map[translated][]domain.Path       // see newPaths
	inside     map[domain.Sym][]domain.Sym          // local memory put into local memory
	isInside   map[[2]domain.Sym]bool               // the pairs of inside
	given      map[domain.Sym][]domain.Path         // parameters and captured variables put into local memory
	copies     [][2]domain.Sym                      // of structs into local memory, to and from
	puts       []paramPut                           // parameters put into memory, made here or not
	putting    ssa.Instruction                      // the one that scanStores is at
	putAll     []domain.Put                         // of those, what callers are told of: see putsOf
	intoParam  bool                                 // what is published is put into a parameter
	intoArg    bool                                 // and that is no receiver
	started    []domain.Path                        // local memory, and parts of it, that goroutines which are started here get (sorted)
	elsewhere  map[domain.Sym]bool                  // local memory that others can reach not only by arguments that it was put into
	within     map[domain.Sym][]domain.Sym          // see containers
	held       map[domain.Path][]domain.Path        // what was stored in a part of local memory
	heldIn     map[domain.Sym][]domain.Path         // the keys of held and funcsAt, by the memory that they are parts of
	heldSets   map[domain.Path]map[domain.Path]bool // see hold
	funcsAt    map[domain.Path][]funcVal            // the functions stored there
	alias      map[domain.Sym][]domain.Path         // local memory put where others can reach it
}

func newFunction(u *unit, fn *ssa.Function) *function {
	return &function{
		u: u, fn: fn, name: u.name(fn), inTest: u.inTest(fn),
		memo: map[ssa.Value][]domain.Path{}, pending: map[ssa.Value]int{}, taken: map[ssa.Value]domain.Lockset{}, sharing: map[domain.Path]bool{}, names: map[ssa.Value]domain.Sym{}, made: map[domain.Sym]ssa.Value{},
		stored: map[*ssa.Alloc]*storeInfo{}, spawns: map[domain.Sym]*domain.Spawn{}, leftBy: map[domain.Sym][]domain.Sym{}, starts: map[domain.Sym]loopStart{}, gates: map[domain.Pos][]ssa.Instruction{}, givers: map[domain.Sym]ssa.Instruction{}, until: map[domain.Path]domain.Path{}, out: map[domain.Sym]bool{}, elsewhere: map[domain.Sym]bool{}, hearers: map[domain.Sym][]domain.Sym{}, letWhile: map[domain.Sym][]domain.Sym{}, adopted: map[adoptKey]*domain.Spawn{}, resolving: map[*ssa.Alloc]bool{},
		inside: map[domain.Sym][]domain.Sym{}, isInside: map[[2]domain.Sym]bool{}, given: map[domain.Sym][]domain.Path{}, alias: map[domain.Sym][]domain.Path{},
		static: map[*ssa.CallCommon][]target{}, results: map[ssa.Value][]funcVal{}, envs: map[ssa.Instruction][]targetEnv{}, held: map[domain.Path][]domain.Path{}, heldIn: map[domain.Sym][]domain.Path{}, heldSets: map[domain.Path]map[domain.Path]bool{}, funcsAt: map[domain.Path][]funcVal{},
	}
}

func (f *function) paramIndex(p *ssa.Parameter) int { return slices.Index(f.fn.Params, p) }
func (f *function) freeIndex(v *ssa.FreeVar) int    { return slices.Index(f.fn.FreeVars, v) }

// solve brings what holds where to its fixed point. The body of a range loop over an iterator comes again with what its last turn has left running.
func (f *function) solve() *flow.Solution[state] {
	for {
		sol := flow.Forward(f.fn, problem{f}, state{locks: f.unpaused(), running: f.lastTurn}, f.states)
		f.states = sol.In
		f.u.stats.Transfers += sol.Transfers
		left := domain.UnionSyms(f.lastTurn, f.turnLeaves(sol))
		if len(left) == len(f.lastTurn) {
			return sol
		}
		f.lastTurn = left
	}
}

// turnLeaves returns what may be running at the end of a turn, if f is the body of a loop that others turn.
func (f *function) turnLeaves(sol *flow.Solution[state]) (running []domain.Sym) {
	if len(f.spawns) == 0 || !f.u.isBody(f.fn) {
		return nil
	}
	for _, b := range f.fn.Blocks {
		ret, ends := b.Instrs[len(b.Instrs)-1].(*ssa.Return)
		if !ends || !sol.Reached[b.Index] || slices.ContainsFunc(ret.Results, leavesLoop) {
			continue
		}
		st := sol.In[b.Index]
		for _, instr := range b.Instrs {
			f.step(&st, instr, nil)
		}
		if !st.dead {
			running = domain.UnionSyms(running, st.running)
		}
	}
	return running
}

// summarize analyses the function: to the fixed point first, then once more to see the returns and, if asked to, collect accesses.
func (f *function) summarize(collect bool) *domain.Summary {
	f.solving, f.wellHeld, f.endsWell = true, nil, false
	sol := f.solve()
	var out *collector
	if collect {
		out = f.newCollector()
	}
	sum := &domain.Summary{NoReturn: true}
	var exit, st state
	var well [][]domain.Sym // what is left running by each return that does not surely say that the function has failed
	exit.dead = true
	for _, b := range f.fn.Blocks {
		if !sol.Reached[b.Index] {
			continue
		}
		st = sol.In[b.Index]
		st.into = nil
		out := out
		if f.u.onlyAtInit(b) {
			out = nil // before anybody else is there
		}
		for _, instr := range b.Instrs {
			if ret, ok := instr.(*ssa.Return); ok && !st.dead {
				f.cleanup(&st, out)
				f.returns(sum, ret, &st, out)
				f.noteNil(ret, &st)
				f.noteWell(ret, &st)
				exit = problem{f}.Join(exit, st)
				if !fails(ret) {
					well = append(well, st.running)
				}
			}
			f.step(&st, instr, out)
			f.noteLet(&st)
		}
	}
	if collect {
		out.splitTurns(sol)
		out.splitKept()
		f.u.stats.Cut += out.cut
		if out.cut > 0 {
			f.u.silent(Dropped, f.fn.Pos(), "%s: %d things that it leads to were dropped, it is too many", f.name, out.cut)
		}
		if sol.Cut {
			f.u.silent(Unsettled, f.fn.Pos(), "%s: what holds where did not settle", f.name)
		}
		sum.Accesses, sum.Calls = out.done(), out.calls
	}
	sum.Awaits, sum.Serves = visible(f.awaits), f.serves
	sum.Publishes, sum.Gives, sum.Heard = f.published, f.givenAway, f.heard // also while it goes on for ever
	sum.Touches = f.touches || slices.ContainsFunc(sum.Accesses, func(a domain.Access) bool { _, how := a.Path.Shown(); return how == 0 })
	if !exit.dead {
		sum.NoReturn = false
		f.atExit(sum, &exit)
	}
	if len(well) > 0 {
		exit.running = slices.Concat(well...) // who gets an error does not go on with what was to be made
	}
	f.lastingSpawns(sum, &exit)
	f.keepOwn(sum)
	sum.LetOut = f.out
	sum.LetOutBy = f.letOutBy()
	sum.Hearers, sum.Locked = f.hearers, f.locked
	return sum
}

// atExit records what holds when the function returns.
func (f *function) atExit(sum *domain.Summary, exit *state) {
	for _, l := range f.unpaused() {
		exit.locks = exit.locks.Without(&l.Path)
	}
	for _, l := range exit.locks {
		// A lock that was released first is the caller's, taken back.
		if domain.HasPath(exit.released, l.Path) {
			exit.released = slices.DeleteFunc(slices.Clone(exit.released), func(p domain.Path) bool { return p == l.Path })
			continue
		}
		// A lock left held on some paths only is nearly always two branches on one condition, which we don't see. With it, everything that a
		// large program does would happen under locks that may be held.
		if l.Path.Root.Kind != domain.Local && (!l.Maybe || l.Cond != 0 && l.Cond != allWell && l.Cond != -allWell || f.fn.Parent() != nil || ofListed(&l.Path)) {
			sum.Acquired = append(sum.Acquired, l)
		}
	}
	sum.Released = visible(exit.released)
	sum.Joins = visible(exit.waits)
	f.leftHeld(sum, exit)
	if f.returnsNil {
		sum.JoinsNil = without(visible(f.nilWaits), sum.Joins)
	}
	for _, j := range exit.waitsIf {
		if len(visible([]domain.Path{j.Key})) > 0 {
			sum.JoinsIf = append(sum.JoinsIf, j)
		}
	}
	sum.Signals, sum.Late = visible(exit.sent), visible(exit.late)
	f.scanStores()
	sum.Puts = f.putAll
}

func (f *function) lastingSpawns(sum *domain.Summary, exit *state) {
	sum.Spawns = make([]domain.Spawn, 0, len(f.spawns))
	for _, sp := range f.spawns {
		sp.Joined = !sp.Kind.Registered() && !exit.dead && !slices.Contains(exit.running, sp.Site)
		sum.Spawns = append(sum.Spawns, *sp)
	}
	slices.SortFunc(sum.Spawns, func(a, b domain.Spawn) int {
		if c := a.Pos.Compare(b.Pos); c != 0 {
			return c
		}
		if a.Site.String() < b.Site.String() {
			return -1
		}
		return 1
	})
}

// returns merges what a return statement hands out into the results.
func (f *function) returns(sum *domain.Summary, ret *ssa.Return, st *state, out *collector) {
	if sum.Results == nil {
		sum.Results = make([]domain.ResultInfo, len(ret.Results))
	}
	failing := fails(ret)
	for i, v := range ret.Results {
		v = Spilled(v)
		f.unlocker(sum, i, v)
		sum.Results[i].Waits = domain.UnionSyms(sum.Results[i].Waits, f.waitsFor(v, st.running))
		f.letOut(&sum.Results[i], ret, v, st, out)
		f.carries(&sum.Results[i], i, ret, v, st, out)
		f.letOutInside(ret, v, st, out)
		f.lazily(ret, v, st, out)
		info := &sum.Results[i]
		fresh := func(root domain.Root) {
			info.Fresh = true
			info.Made = domain.InsertSym(info.Made, root.Name)
			if !failing { // who gets an error does not use what else there is
				p := domain.Of(root)
				f.shares(st, &p, i)
			}
		}
		if isStruct(v.Type()) && reachesMap(v.Type()) {
			if made := f.madeStruct(v, maxTaken); made != nil {
				fresh(f.local(made)) // what it has of others is told as parts
			}
		}
		if !isReference(v.Type()) {
			continue
		}
		// Of a result that was spilled no more is told: which of a transaction of its own and the writer's it is may be an argument's business, and what is said of
		// the one would be said of the other.
		paths := f.paths(ret.Results[i])
		if _, isConst := v.(*ssa.Const); len(paths) == 0 && !isConst {
			info.Other = true
		}
		for _, p := range paths {
			for _, q := range f.aliases(p, domain.Read, paths) {
				switch {
				case failing && q.Root.Kind == domain.Global:
					// What the package has for those who get an error, and don't use it.
				case q.Root.Kind == domain.Unknown, q.Root.Kind == domain.Global && isError(v.Type()):
					// Of errors that packages have in variables it would be told over and over, and nothing is put into them.
					info.Other = true
				case q.Root.Kind != domain.Local:
					info.Paths = domain.InsertPath(info.Paths, q)
				case len(q.Sel()) == 0:
					fresh(q.Root)
				}
			}
		}
		info.Paths = found(info.Paths)
	}
}

// fails reports whether a return surely says that the function has failed, by an error beside what else it returns.
func fails(ret *ssa.Return) bool {
	last := len(ret.Results) - 1
	return last > 0 && isError(ret.Results[last].Type()) && surelyError(Spilled(ret.Results[last]))
}

// found returns the paths, names of one value, with what may have been found where f puts such a thing as any element: see domain.Path.Found.
func found(paths []domain.Path) (out []domain.Path) {
	for _, p := range paths {
		out = domain.InsertPath(out, p.Found(paths))
	}
	return out
}

// unlocker notes a result that is a function which gives up a lock: made here, or returned by a lock function that f calls.
func (f *function) unlocker(sum *domain.Summary, i int, v ssa.Value) {
	note := func(st state) {
		if eff := (domain.LockEffect{Acquired: st.locks, Released: st.released}); len(eff.Acquired)+len(eff.Released) > 0 {
			sum.Unlockers = append(sum.Unlockers, domain.Unlocker{Result: i, LockEffect: eff})
		}
	}
	if !isFunc(v.Type()) {
		return
	}
	var passed state
	f.callUnlocker(&passed, v)
	note(passed)
	for _, fv := range f.funcVals(v) {
		if fv.fn == nil {
			continue
		}
		t := f.u.bind(fv, nil)
		var st state
		if effects := f.effects(t); effects != nil {
			f.applyModel(&st, effects, t, nil, nil)
		} else if s := f.u.summaryOf(t); s != nil {
			f.lockEffect(&st, s.LockEffect, f.env(t, nil))
		}
		note(st)
	}
}
