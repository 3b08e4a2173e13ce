package unguardedmap

import (
	"fmt"
	"go/token"
	"slices"

	"github.com/mapguard/mapguard/internal/domain"
	"github.com/mapguard/mapguard/internal/pairs"
	"github.com/mapguard/mapguard/internal/report"
	"github.com/mapguard/mapguard/internal/summary"
)

// place returns where to report a: the access itself or, where other contexts of it hold the guard, the call that lacks it. A helper that nearly everybody calls
// without the guard wants none held: it is told of once, and not at each of the calls.
func (r *reporter) place(g *guarded, a *pairs.Touch) (token.Pos, string) {
	if g.mostlyBare(a.Pos) {
		return r.here(a), ""
	}
	locked := map[domain.Sym]bool{}
	for _, o := range g.at[a.Pos] {
		if mode, _ := g.mode(o); mode != 0 {
			for _, f := range o.Chain {
				locked[f.Func] = true
			}
			if len(o.Fn.Wants) > 0 {
				locked[domain.Intern(o.Fn.Name)] = true // its callers hold it, as its comment says
			}
		}
	}
	for i, f := range a.Chain {
		if pos := r.res.At(f.Pos); locked[f.Func] && pos.IsValid() {
			return pos, fmt.Sprintf(" (in %s, which is called here)", report.Calls(a.Chain[i:]))
		}
	}
	if pos := r.outermost(a); len(locked) > 0 && pos.IsValid() {
		return pos, fmt.Sprintf(" (in %s, which is called here)", report.Calls(a.Chain))
	}
	return r.here(a), ""
}

// mostlyBare reports whether the access at pos is in a helper that at least four fifths of all callers, and five, call without the guard.
func (g *guarded) mostlyBare(pos domain.Pos) bool {
	bare, held := map[domain.Pos]bool{}, map[domain.Pos]bool{}
	for _, t := range g.at[pos] {
		if len(t.Chain) == 0 || t.Fn.InTest {
			continue
		}
		if mode, sure := g.mode(t); mode != 0 {
			held[t.Chain[0].Pos] = true
		} else if sure {
			bare[t.Chain[0].Pos] = true
		}
	}
	return len(bare) >= 5 && len(bare) >= 4*len(held) && !g.asked(g.at[pos][0].In())
}

// asked reports whether the comment of a function asks for a lock.
func (g *guarded) asked(name string) bool {
	return slices.ContainsFunc(g.res.Funcs, func(f *summary.Func) bool { return f.Name == name && len(f.Wants) > 0 })
}

// outermost returns the first call that leads to a, NoPos if there is none.
func (r *reporter) outermost(a *pairs.Touch) token.Pos {
	if len(a.Chain) == 0 {
		return token.NoPos
	}
	return r.res.At(a.Chain[0].Pos)
}

// here returns the position of t in this package: of the access, or of the innermost call that leads to it.
func (r *reporter) here(t *pairs.Touch) token.Pos {
	if pos := r.res.At(t.Pos); pos.IsValid() {
		return pos
	}
	for _, f := range slices.Backward(t.Chain) {
		if pos := r.res.At(f.Pos); pos.IsValid() {
			return pos
		}
	}
	return t.Fn.Pos
}
