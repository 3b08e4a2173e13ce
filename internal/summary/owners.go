package summary

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/domain"
)

// Caller is a function of the package that calls another one, with the goroutines of its own that may be running then.
type Caller struct {
	Fn      *Func
	Running []domain.Sym
}

// Hidden reports whether only functions of this package call f, and all of them are in sight.
func (f *Func) Hidden() bool { return f.Entry == NoEntry && !f.Stray && len(f.Callers) > 0 }

// Runs reports whether a goroutine of sp may be running when the caller makes its call.
func (c *Caller) Runs(sp *domain.Spawn) bool {
	return slices.ContainsFunc(c.Running, func(site domain.Sym) bool {
		running := c.Fn.Summary.Spawn(site)
		return running != nil && running.Pos == sp.Pos
	})
}

// owners finds, for each goroutine, the function that it belongs to: the outermost that knows of it, if there is one and all its callers are in sight. What
// else there is in the life of the goroutine, that function has seen come and go. Tests aside, which know what they do.
func (u *unit) owners(byFn map[*ssa.Function]*Func, edges []edge) {
	for _, e := range edges {
		if from := byFn[e.from]; !from.InTest && e.from != e.to {
			byFn[e.to].Callers = append(byFn[e.to].Callers, Caller{from, u.edges[e]})
		}
	}
	knows := map[domain.Pos]map[*Func]bool{}
	for _, f := range byFn {
		for i := range f.Summary.Spawns {
			if sp := &f.Summary.Spawns[i]; !sp.Kind.Registered() && !f.InTest {
				if knows[sp.Pos] == nil {
					knows[sp.Pos] = map[*Func]bool{}
				}
				knows[sp.Pos][f] = true
			}
		}
	}
	for pos, in := range knows {
		for f := range in {
			if f.Starters == nil {
				f.Starters = map[domain.Pos]map[*Func]bool{}
			}
			f.Starters[pos] = in
		}
		top := outermost(in)
		if top == nil || !top.Hidden() {
			continue
		}
		for f := range in {
			if f.Owners == nil {
				f.Owners = map[domain.Pos]*Func{}
			}
			f.Owners[pos] = top
		}
	}
}

// outermost returns the only one of the functions that none of the others calls, nil if there are several.
func outermost(in map[*Func]bool) (top *Func) {
	for f := range in {
		if f.Hidden() && slices.ContainsFunc(f.Callers, func(c Caller) bool { return in[c.Fn] }) {
			continue
		}
		if top != nil {
			return nil
		}
		top = f
	}
	return top
}
