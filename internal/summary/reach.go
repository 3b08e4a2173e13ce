package summary

import (
	"cmp"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/domain"
)

// Reached says on which goroutines a function runs, over all calls in the package. Accesses that hold their lock are judged with it where the lock
// is held, instead of being carried up to every entry point.
type Reached struct {
	Entry  bool      // by entry points that are called concurrently, on the caller's goroutine
	Main   bool      // by main or init, while goroutines are running
	Spawns []SpawnAt // on goroutines started in this package
}

// SpawnAt is a spawn with the function that has it.
type SpawnAt struct {
	Fn    *Func
	Spawn *domain.Spawn
}

// maxReached bounds the spawns kept for a function.
const maxReached = 8

// edge is a call of one function of this package by another.
type edge struct {
	from, to *ssa.Function
	site     domain.Sym // 0: on the caller's goroutine
	running  bool       // while goroutines that it started are running
}

// calls notes a call while accesses are collected.
func (f *function) calls(out *collector, t target, site domain.Sym, running bool) {
	if out != nil && t.fn != nil {
		f.u.edges[edge{f.fn, t.fn, site, running}] = true
	}
}

// reach propagates from the entries along the calls until nothing changes.
func (u *unit) reach(byFn map[*ssa.Function]*Func) {
	edges := make([]edge, 0, len(u.edges))
	for e := range u.edges {
		if byFn[e.from] != nil && byFn[e.to] != nil {
			edges = append(edges, e)
		}
	}
	slices.SortFunc(edges, func(a, b edge) int {
		return cmp.Or(cmp.Compare(a.from.Pos(), b.from.Pos()), cmp.Compare(a.to.Pos(), b.to.Pos()), cmp.Compare(a.site, b.site))
	})
	fromMain := map[*Func]bool{}
	for _, f := range byFn {
		switch f.Entry {
		case Exported, Uncalled, Callback, Served:
			f.Reached.Entry = true
		case Main, Setup:
			fromMain[f] = true
		}
	}
	for changed := true; changed; {
		changed = false
		for _, e := range edges {
			from, to := byFn[e.from], byFn[e.to]
			sp := from.Summary.Spawn(e.site)
			if sp != nil {
				changed = to.Reached.add(SpawnAt{from, sp}) || changed
				if !sp.Joined {
					continue
				}
			}
			changed = to.Reached.inherit(&from.Reached) || changed
			if fromMain[from] {
				if e.running && !to.Reached.Main {
					to.Reached.Main, changed = true, true
				}
				if !fromMain[to] {
					fromMain[to], changed = true, true
				}
			}
		}
	}
}

func (r *Reached) add(s SpawnAt) bool {
	if len(r.Spawns) >= maxReached || slices.Contains(r.Spawns, s) {
		return false
	}
	r.Spawns = append(r.Spawns, s)
	return true
}

func (r *Reached) inherit(from *Reached) bool {
	changed := from.Entry && !r.Entry || from.Main && !r.Main
	r.Entry, r.Main = r.Entry || from.Entry, r.Main || from.Main
	for _, s := range from.Spawns {
		changed = r.add(s) || changed
	}
	return changed
}
