package pairs

import (
	"github.com/mapguard/mapguard/internal/domain"
	"github.com/mapguard/mapguard/internal/summary"
)

// strays returns the touch of an access that only functions handed on as values lead to: in the outermost of them, or
// where it is settled. Who calls such a function, and under what, is not known, so that it takes a check that wants it; but a live map that one returns
// is beyond its lock whoever calls.
func (p *Pool) strays(a *domain.Access, f *summary.Func) []*Touch {
	r := &f.Reached
	if a.Site != 0 || f.Entry != summary.NoEntry || r.Entry || r.Callback || r.Main {
		return nil
	}
	switch {
	case a.Kind == domain.Out && runOnly(f):
	case !p.Strays && a.Kind != domain.Out || !r.Stray || len(r.Spawns) > 0:
		return nil
	case !f.Stray && !a.Settled():
		return nil // callers know of it
	}
	entry := *f
	entry.Entry = summary.Uncalled
	t := p.touch(a, f)
	t.Fn = &entry
	return []*Touch{t}
}

// runOnly reports whether f is only called as what is in a variable, by goroutines that are known: what it returns goes to code that does not know whose it is.
func runOnly(f *summary.Func) bool {
	if len(f.Reached.Spawns) == 0 {
		return false
	}
	for _, s := range f.Reached.Spawns {
		if !s.Spawn.Kind.Registered() || s.Spawn.Func.String() != f.Name {
			return false
		}
	}
	return true
}
