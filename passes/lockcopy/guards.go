package lockcopy

import (
	"github.com/mapguard/mapguard/internal/domain"
	"github.com/mapguard/mapguard/internal/pairs"
	"github.com/mapguard/mapguard/internal/summary"
)

// guards is what the summaries know of the maps of this package: which lock their writers hold, and which are written in place.
type guards struct {
	lock    map[domain.Sym]domain.Guard
	written map[domain.Sym]bool
}

// known returns the guards. They are computed when the first copy asks: most packages have none.
func (c *checker) known() *guards {
	if c.guards == nil {
		c.guards = newGuards(c.res)
	}
	return c.guards
}

func newGuards(res *summary.Result) *guards {
	g := &guards{lock: map[domain.Sym]domain.Guard{}, written: map[domain.Sym]bool{}}
	for _, group := range pairs.New(res).Shared() {
		var accesses []*domain.Access
		for _, t := range group.Touches {
			accesses = append(accesses, t.Access)
			if t.Kind.ContentWrite() && !t.Fresh && !pairs.Setup(t) {
				g.written[group.Loc] = true
			}
		}
		if guard := domain.ElectGuard(accesses); guard.Loc != 0 {
			g.lock[group.Loc] = guard
		}
	}
	return g
}

// choose returns the lock of a copied value that matters most, and the maps that it guards: those whose writers hold it; else, as far as
// nothing else is known of them, those declared beside it; else any map.
func (g *guards) choose(h *holding) (lock *part, maps []*part) {
	guarded := func(l, m *part) bool { return g.lock[m.loc.Loc()].Loc == l.loc.Loc() && l.loc.Loc() != 0 }
	beside := func(l, m *part) bool { return m.within == l.within && g.lock[m.loc.Loc()].Loc == 0 }
	anywhere := func(_, m *part) bool { return g.lock[m.loc.Loc()].Loc == 0 }
	for _, belongs := range []func(l, m *part) bool{guarded, beside, anywhere} {
		for i := range h.locks {
			l := &h.locks[i]
			if !l.excludes() {
				continue
			}
			for j := range h.maps {
				if m := &h.maps[j]; belongs(l, m) {
					maps = append(maps, m)
				}
			}
			if len(maps) > 0 {
				return l, maps
			}
		}
	}
	for i := range h.locks {
		if h.locks[i].excludes() {
			return &h.locks[i], nil
		}
	}
	return &h.locks[0], nil
}

// either reports whether the map is written in place on one side at least.
func (g *guards) either(a, b *keep) bool { return g.written[a.field] || g.written[b.field] }
