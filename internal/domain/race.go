package domain

// MayRace reports whether a and b, if they overlap in time, are a race: one location, at least one write, and no lock that excludes
// them. It is symmetric. That they can overlap is for the caller to show.
func MayRace(a, b *Access) bool {
	if !Conflict(a.Kind, b.Kind) || !a.Kind.Content() && Apart(&a.Path, &b.Path) {
		return false
	}
	return !Excluded(a, b)
}

// Excluded reports whether some lock, held at both accesses and exclusively at one, keeps a and b apart. A lock that may be held counts, and so does one
// that may be held exclusively: where we don't know, we don't speak.
func Excluded(a, b *Access) bool {
	if a.Locks.wild() || b.Locks.wild() {
		return true
	}
	for i := range a.Locks {
		la := &a.Locks[i]
		if la.foreign(&a.Path) {
			continue
		}
		for j := range b.Locks {
			lb := &b.Locks[j]
			if (la.Mode == WriteMode || lb.Mode == WriteMode || la.Mixed || lb.Mixed) && sameLock(&la.Path, &lb.Path) && !lb.foreign(&b.Path) {
				return true
			}
		}
	}
	return false
}

func (s Lockset) wild() bool {
	for i := range s {
		if p := &s[i].Path; p.Root.Kind == Unknown && p.Loc() == 0 {
			return true
		}
	}
	return false
}

func sameLock(p, q *Path) bool {
	if *p == *q {
		return true
	}
	if p.Root.Kind == Local && q.Root.Kind == Local && p.n+q.n == 0 {
		return OfOneCall(p.Root.Name, q.Root.Name)
	}
	loc := p.Loc()
	return loc != 0 && loc == q.Loc()
}

// foreign reports whether the lock is shown to belong to another instance than the one that holds the map at path m:
// o.mu held at s.m, o and s being two parameters. An unknown instance is not another instance. So does one that was chosen among several, if the map is
// one for all.
func (l *Lock) foreign(m *Path) bool {
	if l.tooNarrow(m) {
		return true
	}
	i := l.Path.field()
	if i < 0 {
		return false
	}
	owner := l.Path.sel[i].Owner()
	if l.Path.sel[0].Owner() != owner || m.n == 0 || m.sel[0].Owner() != owner {
		return false // the object with the lock, or that with the map, is no variable
	}
	a, b := &l.Path.Root, &m.Root
	if a.Kind == b.Kind {
		return *a != *b && (a.Kind == Param || a.Kind == Local || a.Kind == Global)
	}
	// Memory made here is none that the caller has: a new object, or the copy that a value receiver is.
	return (a.Kind == Local || b.Kind == Local) && a.Kind != Unknown && b.Kind != Unknown
}

// tooNarrow reports whether the lock is one of a table's, each for a part of the object, of which the map at m belongs to all.
func (l *Lock) tooNarrow(m *Path) bool { return l.Keyed && l.beside(m) && !m.hasElements() }

// TooNarrow returns the path of a lock held at a that keeps out only who has chosen the same from a table, while the map is one for all.
func (a *Access) TooNarrow() (Path, bool) {
	for i := range a.Locks {
		if l := &a.Locks[i]; !l.Maybe && l.Mode == WriteMode && l.tooNarrow(&a.Path) {
			return l.Path, true
		}
	}
	return Path{}, false
}

// beside reports whether the lock and the map at path m hang on one object, or on package variables.
func (l *Lock) beside(m *Path) bool {
	a, b := &l.Path.Root, &m.Root
	return a.Kind == Global && b.Kind == Global || *a == *b && (a.Kind == Param || a.Kind == FreeVar)
}
