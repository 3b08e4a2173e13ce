package unguardedmap

import (
	"fmt"
	"slices"

	"github.com/mapguard/mapguard/internal/domain"
	"github.com/mapguard/mapguard/internal/pairs"
	"github.com/mapguard/mapguard/internal/report"
	"github.com/mapguard/mapguard/internal/summary"
)

// strict adds the tier exposed.
var strict bool

// exposed returns the pairs of tier exposed: no lock and no goroutine is in sight, but two functions that others call can touch the map at once, as they
// do if the callers are a service.
func (r *reporter) exposed(g pairs.Group) []pairs.Pair {
	// All pairs of these are tried: what is of no instance that is known never meets another.
	touches := slices.DeleteFunc(slices.Clone(g.Touches), func(t *pairs.Touch) bool { return t.Path.Root.Kind == domain.Unknown || !exposes(t) })
	var out []pairs.Pair
	for i, a := range touches {
		for _, b := range touches[i:] {
			if domain.MayRace(a.Access, b.Access) && pairs.SameMemory(a, b) && pairs.Overlap(a, b) && r.reached(a) && r.reached(b) {
				p := pairs.Pair{A: a, B: b}
				if !a.Kind.Writes() {
					p = pairs.Pair{A: b, B: a}
				}
				out = append(out, p)
				break
			}
		}
	}
	return out
}

// exposes reports whether t is on the goroutine of a caller whom we don't see, and no part of setting things up.
func exposes(t *pairs.Touch) bool {
	return t.Kind.Content() && t.Spawn == nil && t.Fn.Entry != summary.Test && !pairs.Made(t)
}

// mayBeForSeveral reports whether any touch may have what forSeveral asks for: most memory has not, and to pair its touches takes their square.
func (r *reporter) mayBeForSeveral(g pairs.Group) bool {
	return slices.ContainsFunc(g.Touches, func(t *pairs.Touch) bool {
		return r.res.Cell(&t.Path) != 0 || r.tableOf(&t.Path, true) != 0 || r.res.Once(&t.Path) != 0 || r.res.Memo(&t.Path) != 0 || r.meets(t) || narrow(t) != 0
	})
}

// forSeveral returns what shows, without a goroutine in sight, that the map is for several: the atomic cell or sync.Map that it came out of, to be written in
// place, the table with a lock in which callers choose what it belongs to, the memo that it is, the table with one lock for
// each key that is held there, what it has in it, or the object made by a sync.Once that it belongs
// to. A map of such an object counts if things are deleted from it: others are filled once, as a registry is. It is 0 if there is nothing of the kind.
func (r *reporter) forSeveral(all []*pairs.Touch, p pairs.Pair) domain.Sym {
	if !p.A.Kind.ContentWrite() {
		return 0
	}
	if cell := r.res.Cell(&p.A.Path); cell != 0 {
		return cell
	}
	if table := r.tableOf(&p.A.Path, true); table != 0 && table == r.tableOf(&p.B.Path, false) {
		return table
	}
	if p.A.Kind == domain.Write {
		if memo := r.res.Memo(&p.A.Path); memo != 0 {
			return memo
		}
	}
	if table := narrow(p.A); table != 0 {
		return table
	}
	meets, inUse := r.res.Meets(&p.A.Path)
	deletes := slices.ContainsFunc(all, func(t *pairs.Touch) bool { return t.Kind == domain.Delete && exposes(t) })
	if meets && (deletes || !inUse) {
		return p.A.Path.Loc()
	}
	if deletes {
		return r.res.Once(&p.A.Path)
	}
	return 0
}

// narrow returns the table out of which an argument has chosen a lock that is held at t, where the map is one for all: several come at once, or there would be no lock.
func narrow(t *pairs.Touch) domain.Sym {
	lock, ok := t.TooNarrow()
	if !ok {
		return 0
	}
	return lock.Loc()
}

// tableOf returns the table that has a guard and that the memory at p is, or hangs on, an element of: one that an argument chooses, if chosen is set. Callers that
// come at once, which is why the table has a lock, may choose the same.
func (r *reporter) tableOf(p *domain.Path, chosen bool) domain.Sym {
	q := domain.Of(p.Root)
	for _, s := range p.Sel() {
		by, ok := s.Index()
		if ok && by != (domain.Root{}) || s == domain.Elem && !chosen {
			if loc := q.Loc(); r.isGuarded(loc) {
				return loc
			}
		}
		q = q.Append(s)
	}
	return 0
}

// isGuarded reports whether the map at loc has a guard.
func (r *reporter) isGuarded(loc domain.Sym) bool {
	if r.guards == nil {
		r.guards = map[domain.Sym]bool{}
		for _, g := range r.shared {
			if guard := elect(g); guard.Loc != 0 {
				r.guards[g.Loc] = newGuarded(g, guard, r.res, r.callers).surelyHeld()
			}
		}
	}
	return r.guards[loc]
}

func (r *reporter) meets(t *pairs.Touch) bool {
	meets, _ := r.res.Meets(&t.Path)
	return meets
}

// meet says of a pair of tier exposed who may meet.
func (r *reporter) meet(all []*pairs.Touch, p pairs.Pair) string {
	out := fmt.Sprintf("%s and %s may be called at once", p.A.Fn.Name, p.B.Fn.Name)
	if p.A.Fn == p.B.Fn {
		out = fmt.Sprintf("%s may be called by several goroutines at once", p.A.Fn.Name)
	}
	switch made := r.forSeveral(all, p); {
	case made == 0:
	case made == r.res.Memo(&p.A.Path):
		out += fmt.Sprintf(", and %s is one for all of them", report.Short(made))
	case made == r.tableOf(&p.A.Path, true):
		out += fmt.Sprintf(", for which %s has its lock", report.Short(made))
	case made == narrow(p.A):
		out += ", and the lock held is one of several, as an argument says"
	default:
		out += fmt.Sprintf(", for which %s is made", report.Short(made))
	}
	return out
}
