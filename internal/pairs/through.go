package pairs

import (
	"iter"

	"github.com/mapguard/mapguard/internal/domain"
	"github.com/mapguard/mapguard/internal/summary"
)

// Callers finds what the functions of a package, tests aside, do to a memory by calling another one. A large package asks for thousands of functions, so
// the accesses are sorted by memory once, and those of one memory by the functions that lead to them.
type Callers struct {
	funcs []*summary.Func
	byLoc map[domain.Sym][]seen
	// byCall are those of the memory at loc.
	loc    domain.Sym
	byCall map[domain.Sym][]seen
}

// seen is an access in the summary of a function.
type seen struct {
	fn *summary.Func
	i  int
}

// NewCallers returns the callers among the functions of a package.
func NewCallers(funcs []*summary.Func) *Callers { return &Callers{funcs: funcs} }

// Through returns what is done to the memory at loc by calling fn, at any depth.
func (c *Callers) Through(fn *summary.Func, loc domain.Sym) iter.Seq[*Touch] {
	name := domain.Intern(fn.Name)
	return func(yield func(*Touch) bool) {
		for _, s := range c.at(loc)[name] {
			if s.fn == fn {
				continue
			}
			a := &s.fn.Summary.Accesses[s.i]
			if !yield(&Touch{Access: a, Fn: s.fn, Spawn: s.fn.Summary.Spawn(a.Site)}) {
				return
			}
		}
	}
}

// ByHabit reports whether t is in an exported function that the package itself calls, and only with the lock held that holds tells of. Setup doesn't count, nor
// does a caller of which it is not sure.
func (c *Callers) ByHabit(t *Touch, loc domain.Sym, holds func(*Touch) (held, sure bool)) bool {
	return c.heldAbove(t, loc, holds, map[*summary.Func]bool{})
}

// heldAbove is ByHabit; known holds what was found out of callers that are exported by habit themselves.
func (c *Callers) heldAbove(t *Touch, loc domain.Sym, holds func(*Touch) (held, sure bool), known map[*summary.Func]bool) (all bool) {
	if !t.Fn.Called || t.Fn.Entry != summary.Exported || t.Spawn != nil {
		return false
	}
	if held, ok := known[t.Fn]; ok {
		return held
	}
	known[t.Fn] = false // one that calls itself is told by others
	defer func() { known[t.Fn] = all }()
	for o := range c.Through(t.Fn, loc) {
		held, sure := holds(o)
		switch {
		case !sure || o.Spawn == nil && Setup(o):
		case held, c.heldAbove(o, loc, holds, known):
			all = true
		case o.Spawn != nil || o.Fn.Entry != summary.NoEntry || o.Fn.Stray:
			return false
		}
	}
	return all
}

// at returns the accesses to the memory at loc by the functions whose call leads to them.
func (c *Callers) at(loc domain.Sym) map[domain.Sym][]seen {
	if c.byCall != nil && c.loc == loc {
		return c.byCall
	}
	if c.byLoc == nil {
		c.sort()
	}
	c.loc, c.byCall = loc, map[domain.Sym][]seen{}
	for _, s := range c.byLoc[loc] {
		for _, f := range s.fn.Summary.Accesses[s.i].Chain {
			if all := c.byCall[f.Func]; len(all) == 0 || all[len(all)-1] != s { // a recursive function is in the chain more than once
				c.byCall[f.Func] = append(all, s)
			}
		}
	}
	return c.byCall
}

func (c *Callers) sort() {
	c.byLoc = map[domain.Sym][]seen{}
	for _, f := range c.funcs {
		if f.InTest {
			continue
		}
		for i := range f.Summary.Accesses {
			if a := &f.Summary.Accesses[i]; len(a.Chain) > 0 {
				loc := a.Path.Loc()
				c.byLoc[loc] = append(c.byLoc[loc], seen{f, i})
			}
		}
	}
}
