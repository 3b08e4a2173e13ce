package domain

import "slices"

// Guard is the lock that a location's writers agree on.
type Guard struct {
	Loc    Sym // 0: there is none
	Owner  Sym // the named type that declares the lock; 0 for a package variable
	Writes int // writes that hold it
	Of     int // writes in all
	// Said: a comment names it, whoever holds it.
	Said bool
	// Taken: no write holds it, it was only held while the map was taken out of its variable to be written. Who reads a map that he took so is
	// right, if the writers made a copy.
	Taken bool
	// Most: the writers don't agree on it, but most places that touch the map hold it. See MostHeld.
	Most bool
}

// ElectGuard chooses the guard of a location from all its accesses. Candidates are locks of an object that the map hangs on, or package
// variables, held in write mode at a write of the content (of the variable, if the content is never written), or held while the map was taken out
// of its variable to be written. Accepted is
// the one with most writes, at all of them or at two thirds and at least two.
//
// Reads are not counted: where reads are what is wrong, a ratio over all accesses elects nothing, or the lock that covers the
// faulty ones.
func ElectGuard(accesses []*Access) Guard {
	writes := distinct(writesOf(accesses))
	once := unrepeated(writes)
	var best Guard
	counts := map[Sym]*Guard{}
	for _, w := range writes {
		for _, g := range candidates(w, accesses) {
			c := counts[g.Loc]
			if c == nil {
				against := writes
				if g.Owner != 0 {
					against = once
				}
				c = &Guard{Loc: g.Loc, Owner: g.Owner, Of: besides(against, w, g.Loc, heldInside(accesses, g.Loc)), Taken: true}
				counts[g.Loc] = c
			}
			c.Writes++
			c.Taken = c.Taken && w.TakenUnder(g.Loc)
		}
	}
	for _, c := range counts {
		if c.better(&best, accesses) {
			best = *c
		}
	}
	if (best.Writes == best.Of || best.Writes >= 2 && 3*best.Writes >= 2*best.Of) && !best.once(accesses) {
		return best
	}
	return Guard{}
}

// once reports whether g is a lock of the package, held at no more than one place that touches the memory, which is of objects that callers choose: it may well be there
// for a variable of the package that is read beside.
func (g *Guard) once(accesses []*Access) bool {
	if g.Owner != 0 || g.Loc == 0 {
		return false
	}
	type statement struct {
		file Sym
		line int32
	}
	at := map[statement]bool{} // m[k] = append(m[k], v) touches the map twice, at one place
	for _, a := range accesses {
		if !a.Kind.Content() || a.Kind.Leaves() {
			continue
		}
		if a.Path.Root.Kind == Global {
			return false
		}
		if mode, _ := g.Mode(a); mode != 0 || a.TakenUnder(g.Loc) {
			at[statement{a.Pos.File, a.Pos.Line}] = true
		}
	}
	return len(at) < 2
}

// Incidental reports whether g is held at less than half of the places that write the map or replace it: then it is there for something else, and the map is
// that of a goroutine which has taken it once for what lies beside.
func (g *Guard) Incidental(accesses []*Access) bool {
	writes := func(a *Access) bool { return a.Kind.ContentWrite() && a.Kind != Fill && !a.Fresh || a.Kind == Replace }
	held, of := g.places(accesses, writes, func(a *Access, mode Mode) bool { return mode != 0 || a.TakenUnder(g.Loc) })
	return 2*held < of
}

// minHeld is how many places speak for a guard that the writers don't agree on.
const minHeld = 4

// MostHeld is for locations on whose guard the writers don't agree, as when it is writers that have forgotten it: the lock, held exclusively at a
// write of the content at least, that two thirds of all places hold, and at least minHeld. It proves less than the guard that ElectGuard finds: a map
// that one goroutine owns is often touched under a lock that is there for something else.
//
// Where the lock is sole, since it has nothing else to guard, half of all places are enough, and two.
func MostHeld(accesses []*Access, sole Sym) Guard {
	var best Guard
	most := 0
	tried := map[Guard]bool{}
	for _, w := range accesses {
		if !w.Kind.ContentWrite() || w.Fresh {
			continue
		}
		for _, g := range candidates(w, nil) {
			if g.Most = true; tried[g] {
				continue
			}
			tried[g] = true
			content := func(a *Access) bool { return a.Kind.Content() && a.Kind != Fill && !a.Fresh }
			held, of := g.places(accesses, content, func(_ *Access, mode Mode) bool { return mode != 0 })
			enough := held >= minHeld && 3*held >= 2*of || g.Loc == sole && held >= 2 && 2*held >= of
			if enough && (held > most || held == most && g.Loc.String() < best.Loc.String()) {
				best, most = g, held
			}
		}
	}
	return best
}

// places counts the places with an access that counts, and those of them where g, in a mode, is respected at least once.
func (g *Guard) places(accesses []*Access, counts func(*Access) bool, respects func(*Access, Mode) bool) (held, of int) {
	at := map[Pos]bool{}
	for _, a := range accesses {
		if mode, sure := g.Mode(a); sure && counts(a) {
			at[a.Pos] = at[a.Pos] || respects(a, mode)
		}
	}
	for _, ok := range at {
		if ok {
			held++
		}
	}
	return held, len(at)
}

func writesOf(accesses []*Access) []*Access {
	var content, fills, replaces []*Access
	for _, a := range accesses {
		switch {
		case a.Kind == Fill: // most objects that are decoded are just being made, which speaks for no lock and against none
			fills = append(fills, a)
		case a.Kind.ContentWrite() && !a.Fresh:
			content = append(content, a)
		case a.Kind == Replace:
			replaces = append(replaces, a)
		}
	}
	if len(content) > 0 {
		return content
	}
	if len(replaces) == 0 {
		return fills
	}
	return replaces
}

// distinct leaves out what is said twice of a write that is done without a lock: where it may be to this object or to that one, such as one that was found or else
// made, it is one write all the same.
func distinct(writes []*Access) []*Access {
	type doing struct {
		pos   Pos
		site  Sym
		chain *Frame
	}
	seen := map[doing]bool{}
	return slices.DeleteFunc(writes, func(w *Access) bool {
		if len(w.Locks) > 0 {
			return false
		}
		d := doing{pos: w.Pos, site: w.Site}
		if len(w.Chain) > 0 {
			d.chain = &w.Chain[0]
		}
		again := seen[d]
		seen[d] = true
		return again
	})
}

// unrepeated leaves out the writes without a lock that a function does for others, be it on a goroutine of theirs, where it is judged by itself, too: they do what it does. To say so of a lock of the
// package would be wrong, which does not belong to what is written: each who writes without it speaks against it.
func unrepeated(writes []*Access) []*Access {
	type doing struct {
		pos   Pos
		site  Sym
		chain [MaxChain]Frame
	}
	as := func(w *Access, site Sym, chain []Frame) doing {
		d := doing{pos: w.Pos, site: site}
		copy(d.chain[:], chain)
		return d
	}
	bare := map[doing]bool{}
	for _, w := range writes {
		if len(w.Locks) == 0 {
			bare[as(w, w.Site, w.Chain)] = true
		}
	}
	return slices.DeleteFunc(slices.Clone(writes), func(w *Access) bool {
		for n := range w.Chain {
			if rest := w.Chain[n+1:]; len(w.Locks) == 0 && (bare[as(w, w.Site, rest)] || bare[as(w, 0, rest)]) {
				return true
			}
		}
		return false
	})
}

// besides counts the writes of the memory that w writes: a variable of another object is another. A write of an element that was looked
// up under the lock doesn't speak against it; whether it speaks for it is told by inside, see heldInside.
func besides(writes []*Access, w *Access, lock Sym, inside bool) (n int) {
	for _, o := range writes {
		if (w.Kind.Content() || !Apart(&o.Path, &w.Path)) && (inside || !(o.element() && o.TakenUnder(lock))) {
			n++
		}
	}
	return n
}

// TakenUnder reports whether the map was taken out of its variable under the lock at loc, which is not held any more.
func (a *Access) TakenUnder(loc Sym) bool {
	return slices.ContainsFunc(a.Under, func(p Path) bool { return p.Loc() == loc })
}

func (g *Guard) better(than *Guard, accesses []*Access) bool {
	if g.Writes != than.Writes {
		return g.Writes > than.Writes
	}
	if than.Loc == 0 {
		return true
	}
	if a, b := g.respected(accesses), than.respected(accesses); a != b {
		return a > b
	}
	return g.Loc.String() < than.Loc.String()
}

// respected counts the places that touch the content with g held.
func (g *Guard) respected(accesses []*Access) int {
	held, _ := g.places(accesses, func(a *Access) bool { return a.Kind.Content() }, func(a *Access, mode Mode) bool { return mode != 0 || a.TakenUnder(g.Loc) })
	return held
}

// candidates returns the locks that may guard the memory of w, which is that of all accesses, each once.
func candidates(w *Access, all []*Access) []Guard {
	var out []Guard
	for i := range w.Locks {
		if l := &w.Locks[i]; !l.Maybe && !l.Once && l.Mode == WriteMode {
			out = l.guards(w, out)
		}
	}
	for _, p := range w.Under {
		if l := (Lock{Path: p}); !w.element() || heldInside(all, p.Loc()) {
			out = l.guards(w, out)
		}
	}
	return out
}

// heldInside reports whether somebody holds the lock at loc while in the map. Of maps that are elements, those who only look them up under it may have one each; who
// is in one under the lock of the table does not think so.
func heldInside(all []*Access, loc Sym) bool {
	return slices.ContainsFunc(all, func(a *Access) bool {
		return a.Kind.Content() && !a.Fresh && slices.ContainsFunc(a.Locks, func(o Lock) bool { return !o.Maybe && o.Path.Loc() == loc })
	})
}

// guards adds l to the candidates if it may guard the memory of w.
func (l *Lock) guards(w *Access, out []Guard) []Guard {
	g := Guard{Loc: l.Path.Loc()}
	if g.Loc == 0 || l.foreign(&w.Path) {
		return out
	}
	if i := l.Path.field(); i >= 0 {
		g.Owner = l.Path.sel[i].Owner()
		if !w.Path.Under(g.Owner) || !l.onPath(&w.Path) {
			return out
		}
	}
	if slices.Contains(out, g) {
		return out
	}
	return append(out, g)
}

// element reports whether the map was itself an element of a map or slice: to lock while it is looked up is no sign by itself that it is shared, each
// goroutine may have one.
func (a *Access) element() bool { return a.Path.Element() }

// Mode returns how the guard is held at a: 0 if not at all. The second result is false where that can't be told: some lock may be
// held there, or the owner of the guard is not on the way to the map.
func (g *Guard) Mode(a *Access) (mode Mode, sure bool) {
	if g.Owner != 0 && !a.Path.Owns(g.Owner) || a.Locks.UnsureOf(g.Loc) {
		return 0, false
	}
	for _, l := range a.Locks {
		if l.Path.Loc() == g.Loc && !l.foreign(&a.Path) {
			mode = max(mode, l.Mode)
		}
	}
	return mode, true
}

// HeldOnPath reports whether the guard is held at a by the very object that the memory hangs on.
func (g *Guard) HeldOnPath(a *Access) bool {
	return slices.ContainsFunc(a.Locks, func(l Lock) bool {
		return !l.Maybe && l.Path.Loc() == g.Loc && l.Path.Root.Kind != Unknown && l.onPath(&a.Path)
	})
}
