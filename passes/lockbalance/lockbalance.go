package lockbalance

import (
	_ "embed"

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

// afterUse is off by default: the map is used bare, which is unguardedmap's to say, with its own evidence and fixes. An analyzer does not know which others
// run beside it, so whoever runs this one alone asks for it.
var rlockTwice, afterUse bool

func init() {
	Analyzer.Flags.BoolVar(&rlockTwice, "rlock-rlock", false, "note where a lock is read-locked while it is read-locked: a writer that comes between blocks both")
	Analyzer.Flags.BoolVar(&afterUse, "after", false, "report maps that are used after their guard was released, for runs without unguardedmap, which reports them, too")
}

// checker is the check of one package.
type checker struct {
	pass    *analysis.Pass
	res     *summary.Result
	out     *report.Findings
	walkers map[*ssa.Function]*walker
	calls   map[*ssa.Function]calls
	// takesAny and altersAny are the answers of takes and alters.
	takesAny, altersAny map[*ssa.Function]bool
	// heldAtCall holds the functions that give up a lock which some caller holds.
	heldAtCall map[*ssa.Function]bool
	// answered holds the functions that leave a lock held which a caller releases, or leaves held in its turn.
	answered map[*ssa.Function]bool
	// handed holds the functions that give a lock up for whoever took it; taken the locks that some function leaves held.
	handed map[domain.Sym][]*ssa.Function
	taken  map[domain.Sym]bool
	// loose holds the locks that are given up anywhere by a function that does not hold them.
	loose map[domain.Sym]bool
	// lent holds the locks that are passed to a function which may have others take them or give them up.
	lent   map[domain.Sym]bool
	onced  map[*ssa.Function]bool      // function literals that only a sync.Once runs, where they are made
	guards map[domain.Sym][]domain.Sym // the maps that a lock guards
	groups []guarded
}

func run(pass *analysis.Pass) (any, error) {
	res := summary.Of(pass)
	c := &checker{
		pass: pass, res: res, out: report.New(pass),
		walkers: map[*ssa.Function]*walker{},
		calls:   map[*ssa.Function]calls{}, takesAny: map[*ssa.Function]bool{}, altersAny: map[*ssa.Function]bool{},
		heldAtCall: map[*ssa.Function]bool{}, answered: map[*ssa.Function]bool{},
		handed: map[domain.Sym][]*ssa.Function{}, taken: map[domain.Sym]bool{}, loose: map[domain.Sym]bool{}, lent: map[domain.Sym]bool{}, onced: map[*ssa.Function]bool{},
	}
	c.out.Errors(res)
	for _, f := range res.Funcs {
		c.out.Try(f.SSA.Pos(), f.SSA.Name(), func() {
			if c.alters(f.SSA) {
				c.effectOf(f.SSA)
			}
		})
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
	c.lends(w)
	w.done()
	return w.effect
}
