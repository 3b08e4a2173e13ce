package lockbalance

import (
	_ "embed"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/domain"
	"github.com/mapguard/mapguard/internal/report"
	"github.com/mapguard/mapguard/internal/summary"
)

//go:embed doc.go
var source string

// Analyzer reports locks that are not released on every path, released twice or in the wrong mode, deferred wrongly, or taken while held.
var Analyzer = &analysis.Analyzer{
	Name:     "lockbalance",
	Doc:      report.Doc(source, "lockbalance"),
	URL:      report.URL("lockbalance"),
	Requires: []*analysis.Analyzer{summary.Analyzer},
	Run:      run,
}

var rlockTwice bool

func init() {
	Analyzer.Flags.BoolVar(&rlockTwice, "rlock-rlock", false, "note where a lock is read-locked while it is read-locked: a writer that comes between blocks both")
}

// checker is the check of one package.
type checker struct {
	pass    *analysis.Pass
	res     *summary.Result
	out     *report.Findings
	walkers map[*ssa.Function]*walker
	answers map[*ssa.Function]*summary.Locks
	// taking and altering: see takes and alters.
	taking, altering map[*ssa.Function]bool
	// heldAtCall holds the functions that give up a lock which some caller holds.
	heldAtCall map[*ssa.Function]bool
	// answered holds the functions that leave a lock held which a caller releases, or leaves held in its turn.
	answered map[*ssa.Function]bool
	// handed holds the functions that give a lock up for whoever took it; taken the locks that some function leaves held.
	handed map[domain.Sym][]*ssa.Function
	taken  map[domain.Sym]bool
	// loose holds the locks that are given up anywhere by a function that does not hold them.
	loose  map[domain.Sym]bool
	guards map[domain.Sym][]domain.Sym // the maps that a lock guards
	groups []guarded
}

func run(pass *analysis.Pass) (any, error) {
	res := pass.ResultOf[summary.Analyzer].(*summary.Result)
	c := &checker{
		pass: pass, res: res, out: report.New(pass),
		walkers: map[*ssa.Function]*walker{},
		answers: map[*ssa.Function]*summary.Locks{}, taking: map[*ssa.Function]bool{}, altering: map[*ssa.Function]bool{},
		heldAtCall: map[*ssa.Function]bool{}, answered: map[*ssa.Function]bool{},
		handed: map[domain.Sym][]*ssa.Function{}, taken: map[domain.Sym]bool{}, loose: map[domain.Sym]bool{},
	}
	c.out.Errors(res)
	for _, f := range res.Funcs {
		if c.alters(f.SSA) {
			c.effectOf(f.SSA)
		}
	}
	c.survey()
	for _, f := range res.Funcs {
		if w := c.walkers[f.SSA]; w != nil && w.walked && !w.gaveUp {
			c.judge(w, f)
		}
	}
	c.out.Flush()
	return nil, nil
}

// locks returns the answers about the locks of fn.
func (c *checker) locks(fn *ssa.Function) *summary.Locks {
	if c.answers[fn] == nil {
		c.answers[fn] = c.res.Locks(fn)
	}
	return c.answers[fn]
}

// effectOf returns what fn does to its callers' locks, and when it does not return. A function that is being walked, because it calls itself, is unknown.
func (c *checker) effectOf(fn *ssa.Function) effect {
	if w, ok := c.walkers[fn]; ok {
		if w.walking {
			return effect{unknown: true}
		}
		return w.effect
	}
	if !c.takes(fn) && !panics(fn) {
		return effect{}
	}
	w := newWalker(c, fn)
	c.walkers[fn] = w
	w.walking = true
	if c.out.Try(fn.Pos(), fn.Name(), w.walk) {
		w.walked = true
	} else {
		w.gaveUp, w.effect = true, effect{unknown: true}
	}
	w.walking = false
	return w.effect
}

// alters reports whether there is something to say of fn itself: it does something to a lock, or something that it calls or makes leaves a lock
// otherwise than it was. A test that starts servers only takes locks that are given up again before anybody sees them, and there are many tests: it
// is walked if one who holds a lock calls it.
func (c *checker) alters(fn *ssa.Function) bool {
	return c.remember(c.altering, fn, func(callee summary.Callee) bool {
		if callee.Sum != nil && len(callee.Sum.Acquired)+len(callee.Sum.Released) > 0 {
			return true
		}
		if callee.Fn == nil || !c.alters(callee.Fn) {
			return false
		}
		return slices.ContainsFunc(c.effectOf(callee.Fn).exits, func(x exit) bool { return len(x.holds) > 0 })
	})
}

// takes reports whether fn, or anything that it calls, does something to a lock.
func (c *checker) takes(fn *ssa.Function) bool {
	return c.remember(c.taking, fn, func(callee summary.Callee) bool {
		return callee.Sum != nil && len(callee.Sum.Acquired)+len(callee.Sum.Released) > 0 || callee.Fn != nil && c.takes(callee.Fn)
	})
}

// panics reports whether some way through fn does not return.
func panics(fn *ssa.Function) bool {
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			switch instr := instr.(type) {
			case *ssa.Panic:
				return true
			case *ssa.Call:
				if stops(&instr.Call) {
					return true
				}
			}
		}
	}
	return false
}

// remember reports whether fn does something to a lock itself, or calls or makes what does. A function that calls itself does not do so for that.
func (c *checker) remember(known map[*ssa.Function]bool, fn *ssa.Function, does func(summary.Callee) bool) bool {
	if got, ok := known[fn]; ok {
		return got
	}
	locks := c.locks(fn)
	callees, itself := called(fn, locks)
	known[fn] = itself
	known[fn] = itself || slices.ContainsFunc(callees, does)
	return known[fn]
}

// called returns what fn calls and makes, as far as it is known; itself reports whether one of the calls is a method of a lock.
func called(fn *ssa.Function, locks *summary.Locks) (callees []summary.Callee, itself bool) {
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			switch instr := instr.(type) {
			case ssa.CallInstruction:
				if _, ok := locks.Op(instr.Common()); ok {
					return nil, true
				}
				if callee, ok := locks.Callee(instr.Common()); ok {
					callees = append(callees, callee)
				}
			case *ssa.MakeClosure:
				if callee := locks.Closure(instr); callee.Fn != nil {
					callees = append(callees, callee)
				}
			}
		}
	}
	return callees, false
}
