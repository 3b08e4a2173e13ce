package summary

import (
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/domain"
)

// sentLive notes that v, which is sent on a channel, is or carries a map that was taken out of its variable under a lock. Whoever receives it has none of the locks
// of here, also if they are still held at the send, so that they do not count.
func (f *function) sentLive(st *state, pos token.Pos, v ssa.Value, out *collector) {
	f.leavesLive(st, pos, v, domain.Sent, out)
}

// putLive is sentLive for what is stored in a struct or table that the caller has handed in, and reads when the function is over.
func (f *function) putLive(st *state, pos token.Pos, to []domain.Path, v ssa.Value, out *collector) {
	if out == nil || len(to) != 1 || to[0].Root.Kind != domain.Param || len(to[0].Sel()) != 1 {
		return
	}
	into := to[0].Root
	if locksItself(f.fn.Params[into.Index].Type()) || slices.ContainsFunc(f.paths(v), func(p domain.Path) bool { return p.Root == into }) {
		return // it may be used under that lock, or is an object's own
	}
	f.leavesLive(st, pos, v, domain.Placed, out)
}

func (f *function) leavesLive(st *state, pos token.Pos, v ssa.Value, kind domain.Kind, out *collector) {
	if out == nil || f.inTest {
		return
	}
	note := func(paths, under []domain.Path) {
		if len(under) == 0 {
			return
		}
		there := *st
		for i := range under {
			there.locks = there.locks.Without(&under[i])
		}
		out.access(&there, pos, paths, domain.Access{Kind: kind, Under: under})
	}
	inside := mapsInside(v, 0)
	if m := unwrap(v); IsMap(m.Type()) {
		inside = append(inside, m)
	}
	for _, m := range inside {
		note(f.paths(m), f.takenUnder(m))
	}
	for _, t := range f.partsOf(0, v) {
		t.Under = notAlong(&t, t.Under, v.Type())
		for _, p := range mapsIn(&t, v.Type()) {
			note(t.Shares(&p), t.Under)
		}
	}
}
