package summary

import (
	"cmp"
	"go/token"
	"go/types"
	"maps"
	"reflect"
	"slices"
	"strings"
	"sync"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/domain"
)

var resultType = reflect.TypeFor[*Result]()

// Entry says who calls a function from outside of what was analysed.
type Entry uint8

const (
	NoEntry  Entry = iota // only functions of this package, which speak for it
	Setup                 // before others run: the runtime, for init and package variables; the user of an object, to make it ready
	Main                  // the runtime, once
	Exported              // other packages
	Uncalled              // nobody in sight: through an interface, by reflection
	Callback              // another package that was handed the object as one of its interfaces: one call after another, as far as we know
	Served                // a server, for each request
	Test                  // the testing package: functions of _test.go files
)

// Func is a function with its summary.
type Func struct {
	Name   string
	Pos    token.Pos
	Entry  Entry
	Called bool // also called in this package
	InTest bool // in a _test.go file
	Method bool // parameter 0 is a receiver
	Asks   bool // in a test: calls a request handler itself, as a server does
	// By says who calls a Served function, or a Callback that we know to run beside others: Beside.
	By     domain.SpawnKind
	Beside bool
	// Anytime: a Callback that runs beside the other callbacks of its package, too.
	Anytime bool
	// HandedIn are the functions of the package, tests aside, that hand the object of a method to somebody as an interface of another package.
	HandedIn []*Func
	Stray    bool // called by nobody in sight, and no entry: a function that was stored, or handed to code that is not seen
	// Early: called by initialisation alone, as far as calls are in sight.
	Early bool
	// Registers: called before main only, as far as its work on package variables goes; see unit.registers.
	Registers bool
	// Works: it waits for others in a loop, as what a goroutine does all its life.
	Works bool
	// Lifelong: one call of it runs for its object, as long as that is in use; see lifelong.
	Lifelong bool
	// Lent is the lock that the callers of a method may hold, since the object lets them take it or was made under it; see lent. 0 if there is none.
	Lent domain.Sym
	// Wholes are what a method's receiver is in other objects, by which it is called: those that promote it, or let it out.
	Wholes []domain.Path
	// Made holds, for each parameter that is always an object which some function above has made for itself, the names of that there; see makers.
	Made [][]domain.Sym
	// Makers are those functions.
	Makers []*Func
	// Serial: its comment, or that of its receiver's type, says that callers have to see to it that nobody else calls at the time.
	Serial bool
	// Alone: a row says so of an interface that its receiver's type is for, and so do those who call it by that.
	Alone bool
	// Wants holds the locks that its comment says its callers hold.
	Wants   domain.Lockset
	Summary *domain.Summary
	Reached Reached
	// Owners are the functions that goroutines which it knows of belong to, by where they are started; see owners.
	Owners map[domain.Pos]*Func
	// Starters are all functions, tests aside, that know of a goroutine which it knows of, by where that is started.
	Starters map[domain.Pos]map[*Func]bool
	// Callers are the functions of the package, tests aside, that call it.
	Callers []Caller
	SSA     *ssa.Function // its body, for checks that follow values and not only memory
}

// FuncError is a function whose analysis failed.
type FuncError struct {
	Pos  token.Pos
	Func string
	Err  error
}

// Stats counts work and what was given up.
type Stats struct {
	Functions int // functions analysed, recursive ones once per round
	Transfers int // blocks processed
	Cut       int // accesses and calls dropped at the bounds of a summary
}

// Of returns the result for the package of pass, for a check that requires Analyzer. Of a dependency no check asks: there only the facts are made.
func Of(pass *analysis.Pass) *Result { return pass.ResultOf[Analyzer].(*Result).Whole() }

// Whole makes what was left for somebody to ask for.
func (r *Result) Whole() *Result {
	r.asked.Do(func() {
		if r.rest != nil {
			r.rest()
		}
	})
	return r
}

// Result is what the checks read. They get it by Of.
type Result struct {
	Path   string  // of the package
	Funcs  []*Func // in source order, closures after what holds them
	Errors []FuncError
	Stats  Stats
	// Started holds the flags that are set before goroutines are started: what happens while one is unset comes before them.
	Started map[domain.Sym]bool
	// Executors are the channels of which one goroutine runs what is sent on them, so that they are locks, with the functions that it may begin with.
	Executors map[domain.Sym][]domain.Sym
	// Single holds, for each type of which the package has one variable, the name of that.
	Single map[domain.Sym]domain.Sym

	asked   sync.Once
	rest    func() // makes all but Errors; nil if there is nothing to say
	where   map[domain.Pos]token.Pos
	u       *unit
	intents *intents
	bare    []span // see bareCode
	sole    map[domain.Sym]domain.Sym
	hooks   map[domain.Sym]bool // see OnlyInTests
}

// At returns the position in this package's files that p was recorded for; NoPos if it lies in another package.
func (r *Result) At(p domain.Pos) token.Pos {
	if r.u == nil {
		return token.NoPos
	}
	return r.u.at(p)
}

// fill completes the result with entries.
func (u *unit) fill(r *Result, funcs []*ssa.Function) {
	worn := u.findWorn(funcs)
	r.Path, r.Stats, r.Started, r.Executors, r.u = u.pass.Pkg.Path(), u.stats, u.started, u.channels(), u
	r.intents = u.readIntents()
	r.bare = u.bareCode()
	r.Single = u.singles()
	r.sole = u.soleLocks()
	called, valued := u.uses(funcs)
	early := u.findEarly(valued)
	initials := u.findInitials(funcs, called)
	byFn := map[*ssa.Function]*Func{}
	for _, fn := range funcs {
		f := &Func{Name: u.name(fn), Pos: fn.Pos(), SSA: fn, Summary: u.sums[fn], Called: called[fn]}
		f.InTest, f.Method = u.inTest(fn), fn.Signature.Recv() != nil
		f.Asks = f.InTest && u.asks(fn)
		if f.Entry = u.entry(fn, called[fn]); initials[fn] {
			f.Entry = Setup
		}
		f.Early = early(fn)
		f.Registers = u.registers(fn, f.Early)
		f.Works, f.Lifelong = f.Entry == Exported && works(fn), lifelong(fn)
		f.Wants, f.Serial, f.Alone = r.intents.wants[origin(fn)], r.intents.calledAlone(fn), u.usedAlone(fn)
		u.byOthers(f, valued[fn], worn)
		if f.Method {
			f.Lent = cmp.Or(u.lent()[typeSym(fn.Signature.Recv().Type())], u.lentTo(fn))
		}
		r.Funcs = append(r.Funcs, f)
		byFn[fn] = f
	}
	u.dispatched(byFn, valued)
	u.wholes(r.Funcs)
	made := u.newMakers(funcs, valued, byFn)
	for _, f := range r.Funcs {
		made.fill(f, byFn)
	}
	u.handedIn(byFn)
	u.reach(byFn)
}

// singles returns the package variables that are the only one of their type.
func (u *unit) singles() map[domain.Sym]domain.Sym {
	out := map[domain.Sym]domain.Sym{}
	several := map[domain.Sym]bool{}
	scope := u.pass.Pkg.Scope()
	for _, name := range scope.Names() {
		v, ok := scope.Lookup(name).(*types.Var)
		if !ok {
			continue
		}
		if t := typeSym(v.Type()); t != 0 {
			several[t] = out[t] != 0
			out[t] = domain.Intern(u.pass.Pkg.Path() + "." + name)
		}
	}
	maps.DeleteFunc(out, func(t, _ domain.Sym) bool { return several[t] })
	return out
}

func (u *unit) entry(fn *ssa.Function, called bool) Entry {
	obj := origin(fn)
	switch {
	case fn.Parent() != nil:
		return NoEntry
	case isSetup(fn):
		return Setup
	case fn.Name() == "main" && u.pass.Pkg.Name() == "main":
		return Main
	case u.inTest(fn):
		if called {
			return NoEntry
		}
		return Test
	case u.isExportedEntry(fn) && u.pass.Pkg.Name() != "main":
		return Exported
	case !called && u.callbacks[obj]:
		return Callback
	case !called && obj.Exported():
		return Uncalled
	}
	return NoEntry
}

// isExportedEntry reports whether other packages can call fn by its name, or as a method that an exported type promotes.
func (u *unit) isExportedEntry(fn *ssa.Function) bool {
	if !token.IsExported(fn.Name()) {
		return false
	}
	if recv := fn.Signature.Recv(); recv != nil {
		t, ok := types.Unalias(deref(recv.Type())).(*types.Named)
		return ok && (t.Obj().Exported() || u.promotions().exported[origin(fn)])
	}
	return true
}

// isSetup reports whether the runtime calls fn before main: the initialisation of package variables, or an init function.
func isSetup(fn *ssa.Function) bool {
	return fn.Parent() == nil && (origin(fn) == nil || strings.HasPrefix(fn.Name(), "init#"))
}

func withoutRecv(sig *types.Signature) *types.Signature {
	return types.NewSignatureType(nil, nil, nil, sig.Params(), sig.Results(), sig.Variadic())
}

// uses finds which functions are called in this package by another one, and which are used as values; and the services registered. That a test
// calls a function of the product says nothing of who else does.
func (u *unit) uses(funcs []*ssa.Function) (called, valued map[*ssa.Function]bool) {
	called, valued = map[*ssa.Function]bool{}, map[*ssa.Function]bool{}
	var ops []*ssa.Value
	for _, fn := range funcs {
		test := u.inTest(fn)
		counts := func(callee *ssa.Function) bool { return callee != fn && (!test || u.inTest(callee)) }
		for _, b := range fn.Blocks {
			for _, instr := range b.Instrs {
				call, isCall := instr.(ssa.CallInstruction)
				if isCall {
					u.noteCallbacks(fn, call.Common())
					u.noteService(call.Common())
					if call.Common().IsInvoke() {
						for _, m := range u.implementations(fn, call.Common()) {
							called[m] = called[m] || counts(m)
							u.invoked[m] = u.invoked[m] || !test
						}
					}
					for _, m := range u.asked(call.Common()) {
						called[m] = called[m] || counts(m)
					}
				}
				for _, op := range instr.Operands(ops[:0]) {
					f, ok := (*op).(*ssa.Function)
					if !ok {
						continue
					}
					t := u.target(f)
					called[t] = called[t] || counts(t)
					if !isCall || f != call.Common().Value {
						valued[t] = true
					}
				}
			}
		}
	}
	return called, valued
}

// noteCallbacks records the methods of this package's unexported types that another package gets with an argument, as one of its interfaces.
func (u *unit) noteCallbacks(from *ssa.Function, c *ssa.CallCommon) {
	for _, arg := range c.Args {
		mi, ok := arg.(*ssa.MakeInterface)
		if !ok {
			continue
		}
		own, _ := types.Unalias(deref(mi.X.Type())).(*types.Named)
		iface, _ := types.Unalias(mi.Type()).(*types.Named)
		if own == nil || iface == nil || own.Obj().Exported() || own.Obj().Pkg() != u.pass.Pkg || iface.Obj().Pkg() == u.pass.Pkg {
			continue
		}
		t := typeSym(own)
		u.handed[t] = append(u.handed[t], from)
		for m := range iface.Underlying().(*types.Interface).Methods() {
			if fn := methodNamed(mi.X.Type(), u.pass.Pkg, m.Name()); fn != nil {
				u.callbacks[fn] = true
			}
		}
	}
}

// handedIn tells the methods of a type where its objects are handed out.
func (u *unit) handedIn(byFn map[*ssa.Function]*Func) {
	for fn, f := range byFn {
		if recv := fn.Signature.Recv(); recv != nil {
			for _, from := range u.handed[typeSym(recv.Type())] {
				if by := byFn[from]; by != nil && !by.InTest && !slices.Contains(f.HandedIn, by) {
					f.HandedIn = append(f.HandedIn, by)
				}
			}
		}
	}
}

// OnlyOn reports whether the object of f is only handed out on goroutines that run what that one does: whoever is called there has the object from there, and calls
// f there, if he does not start something himself.
func (f *Func) OnlyOn(sp *domain.Spawn) bool {
	return len(f.HandedIn) > 0 && !slices.ContainsFunc(f.HandedIn, func(by *Func) bool {
		r := &by.Reached
		return r.onCallers() || r.Stray || len(r.Spawns) == 0 || slices.ContainsFunc(r.Spawns, func(s SpawnAt) bool { return s.Spawn.Func != sp.Func })
	})
}
