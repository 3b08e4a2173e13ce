// Package summary computes what each function does to memory that others can reach: the compositional half of the analysis. It reports
// nothing; the checks read its result.
//
// Functions are summarised callees first. A summary holds the accesses of the function and of all that it calls, named by what the
// function's callers know (parameters, captured variables, globals, results), with the locks held and the goroutines running. Summaries
// of exported functions travel between packages as facts.
package summary

import (
	"fmt"
	"go/token"
	"go/types"
	"runtime/debug"
	"slices"
	"sync"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/domain"
	"github.com/mapguard/mapguard/internal/models"
)

// Analyzer makes the summaries. Its result is a *Result.
var Analyzer = &analysis.Analyzer{
	Name:       "mapguardsummary",
	Doc:        "summarise what functions do to maps, locks and goroutines, for the checks of mapguard",
	FactTypes:  []analysis.Fact{new(Fact), new(FieldsFact)},
	ResultType: resultType,
	Run:        run,
}

// WithStd makes the standard library be analysed like any other code. It is set by a flag of the checks: drivers show no flags of an
// analyzer that is only required.
var WithStd bool

// Unread reports whether the package of this path is not analysed: it belongs to the standard library.
func Unread(path string) bool { return models.IsStd(path) && !WithStd }

// unit is the analysis of one package.
type unit struct {
	pass *analysis.Pass
	pkg  *ssa.Package

	sums        map[*ssa.Function]*domain.Summary
	solving     map[*ssa.Function]bool // the functions at hand that call each other
	looked      looks
	exports     map[*domain.Summary]*view
	terms       map[domain.ContextKey]int
	imported    map[*types.Func]*domain.Summary
	methods     map[string][]method
	impls       map[implKey][]*ssa.Function
	foreigns    map[*types.Named]types.Type // see onlyImplementation
	conversions conversions                 // what implementations and targets find behind interfaces by what is converted to them
	mapsIn      sync.Map                    // of types.Type: see mapFieldsOf
	stats       Stats
	mu          sync.RWMutex // guards where, silences, heldAtMaking and givenSelf: checks run at once, and lockbalance follows functions anew
	silences    map[Silence]bool
	where       map[domain.Pos]token.Pos
	scope       *models.Scope
	tests       *idle
	services    map[domain.Sym][]service
	// invoked holds the methods that the package, tests aside, calls through an interface of its own.
	invoked   map[*ssa.Function]bool
	callbacks map[*types.Func]bool
	handed    map[domain.Sym][]*ssa.Function // the functions that hand out objects of a type, see noteCallbacks
	lends     map[domain.Sym]domain.Sym
	counters  map[*types.Var]bool // see findCounters
	// heldAtMaking holds the locks that are held wherever an object of an unexported type is made.
	heldAtMaking map[domain.Sym]map[domain.Sym]bool
	givenSelf    map[domain.Sym]map[domain.Sym]bool // see givesItself
	backs        map[domain.Sym]domain.Sym          // see backPointers
	promoted     *promotion                         // see promotions
	started      map[domain.Sym]bool                // see Result.Started
	edges        map[edge][]domain.Sym
	held         map[edge]callLocks
	passes       map[edge]passes
	routes       routes
	captured     map[*ssa.Function]*captures
	// semaphores are the channels that serve as locks.
	semaphores map[variable]semaphore
	conds      map[variable]condLocker
	locksAlone map[types.Type]bool      // see isLockAlone
	latches    map[variable][]string    // see findFlags
	initially  map[*ssa.BasicBlock]bool // see onlyAtInit
	atInit     map[*ssa.Function]bool   // see calledAtInit
	alone      map[*types.TypeName]bool // see usedAlone
	setOnce    map[variable]bool        // flags that nobody unsets, and maps that are only set where they are found nil
	spare      spare
	places     []placed // see placesFor
	interned   interned
	room       room
	runners    map[variable]runner           // whose functions goroutines call
	executors  map[variable]executor         // the channels of those that are one goroutine
	executing  map[*ssa.Function][]executor  // by the function where the goroutine begins
	stopped    map[variable]bool             // timers, see findStopped
	settable   map[domain.Sym]bool           // fields, see findSettable
	pauses     map[variable]bool             // see findPauses
	paused     map[*ssa.Function][]ssa.Value // the channels by which a function is paused
	handshakes map[variable]bool             // channels without a buffer
	fills      map[variable]bool             // channels whose buffer a loop fills
	passed     map[variable]variable         // see canon
	links      *links
	wrappers   map[*ssa.Global]funcVal         // see findWrappers
	behind     map[*ssa.Function][]*types.Func // see indexBehind
	unlocked   map[domain.Sym]bool             // package variables, see findUnlocked
	once       map[domain.Sym]bool             // package variables, see findOnce
	several    map[domain.Sym]bool             // types, see findOnce
	memos      map[domain.Sym]bool             // package variables and fields, see findMemos
	batches    map[domain.Sym]bool             // the same
	sentAgain  map[domain.Sym]bool             // fields whose map all messages have, see findSentKept
	sentKept   map[variable]sentKept           // channels, see findSentKept
	never      map[*ssa.Store]bool             // that are not come by, see findLazy
	elsewhere  map[domain.Sym]bool             // types of which objects are made that no package variable holds from then on
	answering  map[domain.Sym]bool             // functions, see Result.Answers
	meetings   map[domain.Sym]meeting          // by map, see findMeetings
	weighted   map[variable]bool               // semaphores, see findWeighted
	conveys    map[*types.Func]domain.Conveyed // methods of interfaces, see conveyed
	cells      map[domain.Sym]bool             // what is made for several goroutines, see noteCell
	// valued are those of the functions that the package uses as values.
	valued map[string]bool
}

func newUnit(pass *analysis.Pass, pkg *ssa.Package) *unit {
	return &unit{
		pass: pass, pkg: pkg, scope: models.NewScope(pass.Pkg), tests: &idle{},
		sums:         map[*ssa.Function]*domain.Summary{},
		valued:       map[string]bool{},
		exports:      map[*domain.Summary]*view{},
		terms:        map[domain.ContextKey]int{},
		imported:     map[*types.Func]*domain.Summary{},
		methods:      map[string][]method{},
		impls:        map[implKey][]*ssa.Function{},
		foreigns:     map[*types.Named]types.Type{},
		where:        map[domain.Pos]token.Pos{},
		services:     map[domain.Sym][]service{},
		counters:     map[*types.Var]bool{},
		callbacks:    map[*types.Func]bool{},
		handed:       map[domain.Sym][]*ssa.Function{},
		invoked:      map[*ssa.Function]bool{},
		heldAtMaking: map[domain.Sym]map[domain.Sym]bool{},
		givenSelf:    map[domain.Sym]map[domain.Sym]bool{},
		started:      map[domain.Sym]bool{},
		edges:        map[edge][]domain.Sym{},
		held:         map[edge]callLocks{},
		passes:       map[edge]passes{},
		routes:       routes{map[domain.Sym]map[formal]bool{}, map[formal]map[formal]bool{}, map[domain.Sym]bool{}},
		captured:     map[*ssa.Function]*captures{},
		semaphores:   map[variable]semaphore{},
		conds:        map[variable]condLocker{},
		locksAlone:   map[types.Type]bool{},
		latches:      map[variable][]string{},
		setOnce:      map[variable]bool{},
		alone:        map[*types.TypeName]bool{},
		initially:    map[*ssa.BasicBlock]bool{},
		runners:      map[variable]runner{},
		executors:    map[variable]executor{},
		executing:    map[*ssa.Function][]executor{},
		stopped:      map[variable]bool{},
		settable:     map[domain.Sym]bool{},
		pauses:       map[variable]bool{},
		paused:       map[*ssa.Function][]ssa.Value{},
		handshakes:   map[variable]bool{},
		fills:        map[variable]bool{},
		passed:       map[variable]variable{},
		wrappers:     map[*ssa.Global]funcVal{},
		behind:       map[*ssa.Function][]*types.Func{},
		silences:     map[Silence]bool{},
		interned:     newInterned(),
		unlocked:     map[domain.Sym]bool{},
		once:         map[domain.Sym]bool{},
		several:      map[domain.Sym]bool{},
		cells:        map[domain.Sym]bool{},
		weighted:     map[variable]bool{},
		conveys:      map[*types.Func]domain.Conveyed{},
		meetings:     map[domain.Sym]meeting{},
		answering:    map[domain.Sym]bool{},
		memos:        map[domain.Sym]bool{},
		sentAgain:    map[domain.Sym]bool{},
		sentKept:     map[variable]sentKept{},
		batches:      map[domain.Sym]bool{},
		never:        map[*ssa.Store]bool{},
		elsewhere:    map[domain.Sym]bool{},
	}
}

func run(pass *analysis.Pass) (any, error) {
	result := &Result{}
	if Unread(pass.Pkg.Path()) || !relevant(pass) || !buildable(pass) {
		return result, nil
	}
	result.try(pass, func() { analyse(pass, result) })
	return result, nil
}

// analyse summarises the functions of a package.
func analyse(pass *analysis.Pass, result *Result) {
	tests := idleTests(pass)
	u := newUnit(pass, build(pass, tests.files()))
	u.tests = tests
	funcs := sourceFuncs(pass, u.pkg)
	u.indexMethods(funcs)
	u.findConversions(funcs)
	u.findServices()
	u.findMeetings()
	u.indexBehind()
	u.backPointers()
	u.findPassed(funcs)
	u.findLinks(funcs)
	u.findSemaphores(funcs)
	u.findWeighted(funcs)
	u.findFlags(funcs)
	u.findLazy(funcs)
	u.findPauses(funcs)
	u.findConds(funcs)
	u.findRunners(funcs)
	u.findSentKept(funcs)
	u.exportFields()
	u.importFields(funcs)
	u.findGiven(funcs)
	u.findCounters(funcs)
	u.findValued(funcs)
	for _, fn := range funcs {
		u.findStopped(fn)
		u.findSettable(fn)
		u.findOnce(fn)
		u.findMemos(fn)
	}
	u.findWrappers(funcs)
	u.findUnlocked(funcs)
	u.solveAll(funcs, result)
	u.exportConveyed()
	u.release()
	result.rest = func() { result.try(pass, func() { u.fill(result, funcs) }) }
}

// try does a part of the analysis that is about no single function. What goes wrong in it is an error of the package, of which nothing else is said then; the
// other packages go on.
func (r *Result) try(pass *analysis.Pass, do func()) {
	defer func() {
		if p := recover(); p != nil {
			r.Funcs, r.rest, r.u = nil, nil, nil
			r.Errors = append(r.Errors, FuncError{Pos: pass.Files[0].Package, Func: "package " + pass.Pkg.Path(), Err: fmt.Errorf("%v\n%s", p, debug.Stack())})
		}
	}()
	do()
}

// solveAll summarises all functions, and exports facts. What callers see of a function is forgotten with the last of them: together it would be the
// largest thing in memory.
func (u *unit) solveAll(funcs []*ssa.Function, result *Result) {
	mentions := map[*ssa.Function][]*ssa.Function{}
	callers, called := map[*ssa.Function]int{}, map[*ssa.Function]bool{}
	for _, fn := range funcs {
		mentions[fn] = append(u.mentions(fn), u.asksFirst(fn)...)
		for _, m := range mentions[fn] {
			callers[m]++
			called[m] = true
		}
	}
	for _, scc := range sccs(funcs, func(fn *ssa.Function) []*ssa.Function { return mentions[fn] }) {
		recursive := len(scc) > 1 || slices.Contains(mentions[scc[0]], scc[0])
		u.solve(scc, recursive, result)
		u.refresh()
		for _, fn := range scc {
			u.exportFact(fn)
		}
		for _, fn := range scc {
			callers[fn]++ // so that those without callers are forgotten below
			for _, m := range append(mentions[fn], fn) {
				if callers[m]--; callers[m] == 0 {
					u.forget(m, called[m])
				}
			}
		}
	}
}

// release drops what only summarising needs.
func (u *unit) release() {
	u.exports, u.terms, u.interned, u.room, u.spare, u.places = nil, nil, interned{}, room{}, spare{}, nil
}

// forget drops what only callers ask for of a function. It has no more of them.
func (u *unit) forget(fn *ssa.Function, called bool) {
	if sum := u.sums[fn]; sum != nil {
		delete(u.exports, sum)
		sum.Forget(called)
	}
}

// summarize never panics: what goes wrong in one function is an error that names it, and the rest goes on.
func (u *unit) summarize(fn *ssa.Function, collect bool, result *Result) (sum *domain.Summary) {
	if !u.wants(fn) {
		return &domain.Summary{}
	}
	defer func() {
		if r := recover(); r != nil {
			result.Errors = append(result.Errors, FuncError{Pos: fn.Pos(), Func: u.name(fn), Err: fmt.Errorf("%v\n%s", r, debug.Stack())})
			sum = &domain.Summary{}
		}
	}()
	u.stats.Functions++
	u.looked.fn = fn
	f := newFunction(u, fn)
	f.borrow()
	defer f.giveBack()
	return f.summarize(collect)
}

// summaryOf returns what is known of t, nil if nothing is.
func (u *unit) summaryOf(t target) *domain.Summary {
	if t.fn != nil {
		u.looked.note(t.fn)
		if sum := u.sums[t.fn]; sum != nil || t.fn.Pkg == u.pkg {
			return sum
		}
	}
	if t.obj == nil || t.obj.Pkg() == u.pass.Pkg {
		return nil
	}
	sum, ok := u.imported[t.obj]
	if !ok {
		var fact Fact
		if u.pass.ImportObjectFact(t.obj, &fact) {
			if sum, _ = domain.Decode(fact.Data); sum != nil {
				u.conveys[t.obj] = sum.Conveyed
				if sum.Empty() {
					sum = nil // of the function itself nothing is known
				}
			}
		}
		u.imported[t.obj] = sum
	}
	return sum
}

// exported returns the part of a summary that callers see.
func (u *unit) exported(sum *domain.Summary) *view {
	got, ok := u.exports[sum]
	if !ok {
		got = newView(sum)
		u.exports[sum] = got
	}
	return got
}

func (u *unit) effects(t target) []models.Effect {
	if t.obj == nil {
		return nil
	}
	e, _ := models.Of(t.obj)
	return e
}

func (u *unit) modelsFresh(obj *types.Func) bool {
	if obj == nil {
		return false
	}
	effects, _ := models.Of(obj)
	for _, e := range effects {
		if e.Kind == models.Fresh {
			return true
		}
	}
	return false
}

// contained returns the memory that a call returns from a container or cell among its arguments, if it is such a call.
func (f *function) contained(t target) ([]domain.Path, bool) {
	for _, e := range f.u.effects(t) {
		switch {
		case e.Kind == models.Content && e.Arg < len(t.args):
			in := f.paths(t.args[e.Arg])
			f.noteCell(in, true)
			return in, true
		case e.Kind == models.Element && e.Arg+1 < len(t.args):
			in := f.container(t.args[e.Arg])
			f.noteCell(in, false)
			return extend(in, f.element(unwrap(t.args[e.Arg+1]))), true
		}
	}
	return nil, false
}

// isHandler reports whether functions of this signature are run by whoever they are handed to later, and never by those in between.
func (u *unit) isHandler(sig *types.Signature) bool {
	_, ok := u.scope.Func(sig)
	return ok
}

// indexMethods lists the methods of this package's concrete types by name, for calls through its interfaces.
func (u *unit) indexMethods(funcs []*ssa.Function) {
	for _, fn := range funcs {
		if recv := fn.Signature.Recv(); recv != nil && fn.Parent() == nil && fn.TypeParams().Len() == 0 {
			u.methods[fn.Name()] = append(u.methods[fn.Name()], method{recv.Type(), fn})
		}
	}
}
