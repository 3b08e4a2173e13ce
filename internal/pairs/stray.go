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
	if !p.Strays && a.Kind != domain.Out || !r.Stray || r.Entry || r.Callback || r.Main || len(r.Spawns) > 0 || a.Site != 0 || f.Entry != summary.NoEntry {
		return nil
	}
	if !f.Stray && !a.Settled() {
		return nil // callers know of it
	}
	entry := *f
	entry.Entry = summary.Uncalled
	t := p.touch(a, f)
	t.Fn = &entry
	return []*Touch{t}
}
