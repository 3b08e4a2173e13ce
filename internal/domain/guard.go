package domain

import "slices"

// Guard is the lock that a location's writers agree on.
type Guard struct {
	Loc    Sym // 0: there is none
	Owner  Sym // the named type that declares the lock; 0 for a package variable
	Writes int // writes that hold it
	Of     int // writes in all
}

// ElectGuard chooses the guard of a location from all its accesses. Candidates are locks of an object that the map hangs on, or package
// variables, held in write mode at a write of the content (of the variable, if the content is never written). Accepted is
// the one with most writes, at all of them or at two thirds and at least two.
//
// Reads are not counted: where reads are what is wrong, a ratio over all accesses elects nothing, or the lock that covers the
// faulty ones.
func ElectGuard(accesses []*Access) Guard {
	writes := writesOf(accesses)
	var best Guard
	counts := map[Sym]*Guard{}
	for _, w := range writes {
		for _, g := range candidates(w) {
			c := counts[g.Loc]
			if c == nil {
				c = &Guard{Loc: g.Loc, Owner: g.Owner, Of: besides(writes, w)}
				counts[g.Loc] = c
			}
			c.Writes++
			if c.better(&best) {
				best = *c
			}
		}
	}
	if best.Writes == best.Of || best.Writes >= 2 && 3*best.Writes >= 2*best.Of {
		return best
	}
	return Guard{}
}

func writesOf(accesses []*Access) []*Access {
	var content, replaces []*Access
	for _, a := range accesses {
		switch {
		case a.Kind.ContentWrite() && !a.Fresh:
			content = append(content, a)
		case a.Kind == Replace:
			replaces = append(replaces, a)
		}
	}
	if len(content) > 0 {
		return content
	}
	return replaces
}

// besides counts the writes of the memory that w writes: a variable of another object is another.
func besides(writes []*Access, w *Access) (n int) {
	for _, o := range writes {
		if w.Kind.Content() || !Apart(&o.Path, &w.Path) {
			n++
		}
	}
	return n
}

func (g *Guard) better(than *Guard) bool {
	if g.Writes != than.Writes {
		return g.Writes > than.Writes
	}
	return than.Loc == 0 || g.Loc != than.Loc && g.Loc.String() < than.Loc.String()
}

// candidates returns the locks that may guard the memory of w, each once.
func candidates(w *Access) []Guard {
	var out []Guard
	for _, l := range w.Locks {
		loc := l.Path.Loc()
		if loc == 0 || l.Maybe || l.Once || l.Mode != WriteMode || l.foreign(&w.Path) {
			continue
		}
		g := Guard{Loc: loc}
		if i := l.Path.field(); i >= 0 {
			g.Owner = l.Path.sel[i].Owner()
			if !w.Path.Owns(g.Owner) {
				continue
			}
		}
		if !slices.Contains(out, g) {
			out = append(out, g)
		}
	}
	return out
}

// Mode returns how the guard is held at a: 0 if not at all. The second result is false where that can't be told: some lock may be
// held there, or the owner of the guard is not on the way to the map.
func (g *Guard) Mode(a *Access) (mode Mode, sure bool) {
	if g.Owner != 0 && !a.Path.Owns(g.Owner) || a.Locks.Unsure() {
		return 0, false
	}
	for _, l := range a.Locks {
		if l.Path.Loc() == g.Loc && !l.foreign(&a.Path) {
			mode = max(mode, l.Mode)
		}
	}
	return mode, true
}
