package pairs

import (
	"slices"

	"github.com/mapguard/mapguard/internal/domain"
	"github.com/mapguard/mapguard/internal/summary"
)

// executors returns, for each channel that is an executor, the goroutines that run what is sent on it.
func executors(res *summary.Result) map[domain.Sym][]*domain.Spawn {
	if len(res.Executors) == 0 {
		return nil
	}
	out := map[domain.Sym][]*domain.Spawn{}
	for _, f := range res.Funcs {
		for i := range f.Summary.Spawns {
			sp := &f.Summary.Spawns[i]
			for loc, begins := range res.Executors {
				if domain.HasSym(begins, sp.Func) {
					out[loc] = append(out[loc], sp)
				}
			}
		}
	}
	return out
}

// executorsOf returns the goroutines of the executors that a holds.
func (p *Pool) executorsOf(a *domain.Access) (out []*domain.Spawn) {
	if len(p.executors) == 0 {
		return nil
	}
	for i := range a.Locks {
		out = append(out, p.executors[a.Locks[i].Path.Loc()]...)
	}
	return out
}

// outlives reports whether t has waited for the executors that run o to be over. They take nothing more then, from nobody.
func (t *Touch) outlives(o *Touch) bool {
	return len(o.executors) > 0 && len(t.Joined) > 0 && !slices.ContainsFunc(o.executors, func(sp *domain.Spawn) bool { return !sp.Over(t.Joined) })
}

// doneInTurn returns a as the caller sees it, if an executor has done it for him and he has waited: he has had it done under a lock.
func doneInTurn(a *domain.Access, f *summary.Func) *domain.Access {
	if a.Site == 0 || !a.Settled() {
		return a
	}
	if sp := f.Summary.Spawn(a.Site); sp == nil || !sp.Joined || !sp.SharesTurn() {
		return a
	}
	own := *a
	own.Terms = a.Terms.Changed(func(t *domain.Terms) { t.Site = 0 })
	return &own
}
