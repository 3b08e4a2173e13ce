package summary

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/domain"
	"github.com/mapguard/mapguard/internal/models"
)

// Waiters: what a function returns beside what its goroutines work on, and by which callers wait for these. A function that waits (m, wait := start()) is known to callers by the
// sites of the goroutines, since the keys that it waits for are mostly no memory of theirs.

// waitsFor returns the sites of those goroutines, of the running, that are over once the function v has been called.
func (f *function) waitsFor(v ssa.Value, running []domain.Sym) (sites []domain.Sym) {
	if len(running) == 0 || !isFunc(v.Type()) {
		return nil
	}
	for _, fv := range f.funcVals(v) {
		if fv.fn == nil {
			continue
		}
		keys := f.awaitedBy(f.u.bind(fv, nil))
		for _, site := range running {
			sp := f.spawns[site]
			if sp != nil && slices.ContainsFunc(keys, func(k domain.Path) bool { return hears(sp, k).any() }) {
				sites = domain.InsertSym(sites, site)
			}
		}
	}
	return sites
}

// awaitedBy returns the join keys that a call of t waits for.
func (f *function) awaitedBy(t target) (keys []domain.Path) {
	effects := f.effects(t)
	if sum := f.u.summaryOf(t); effects == nil && sum != nil {
		return f.env(t, nil).set(sum.Awaits)
	}
	for _, e := range effects {
		if e.Kind == models.Wait && e.Arg < len(t.args) {
			keys = append(keys, f.paths(t.args[e.Arg])...)
		}
	}
	return keys
}

// callWaiter notes that the call of a function has waited for the goroutines that were started when it was returned. Those of another call of what starts them go by the same site, and
// are taken for them.
func (f *function) callWaiter(st *state, c *ssa.CallCommon) {
	if len(st.running) == 0 || c.IsInvoke() || c.StaticCallee() != nil {
		return
	}
	f.returnedBy(c.Value, nil, func(call *ssa.Call, i int) {
		known, _ := f.targets(&call.Call)
		for _, t := range known {
			sum := f.u.summaryOf(t)
			if sum == nil || i >= len(sum.Results) {
				continue
			}
			for _, site := range sum.Results[i].Waits {
				st.running = slices.DeleteFunc(slices.Clone(st.running), func(here domain.Sym) bool {
					sp, theirs := f.spawns[here], sum.Spawn(site)
					return sp != nil && theirs != nil && sp.Pos == theirs.Pos
				})
			}
		}
	})
}

// mayWait reports whether who gets the results can wait for all goroutines of the sites: by a channel or WaitGroup, or a function that does.
func (f *function) mayWait(results []ssa.Value, sites []domain.Sym) bool {
	got, waits := map[domain.Root]bool{}, []domain.Sym(nil)
	for _, v := range results {
		for _, p := range f.paths(v) {
			got[p.Root] = true
		}
		waits = domain.UnionSyms(waits, f.waitsFor(v, sites))
	}
	return !slices.ContainsFunc(sites, func(site domain.Sym) bool {
		sp := f.spawns[site]
		return !domain.HasSym(waits, site) && (sp == nil || !slices.ContainsFunc(sp.Signals, func(p domain.Path) bool { return got[p.Root] }))
	})
}
