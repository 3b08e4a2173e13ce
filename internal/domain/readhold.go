package domain

import "slices"

// ReadGuards returns the locks that a holds for reading only, and that may guard its memory: locks of an object that it hangs on, package
// variables, and for memory without a location local variables. There are none if some lock is held exclusively, or may be: then that one
// may be the guard.
func (a *Access) ReadGuards() []Lock {
	unsure := func(l Lock) bool { return l.Maybe && !(l.Once && l.Mode == ReadMode) } // what may have come before keeps nobody out
	if slices.ContainsFunc(a.Locks, unsure) {
		return nil
	}
	var out []Lock
	for _, l := range a.Locks {
		switch {
		case l.Once || l.foreign(&a.Path):
		case l.Mode == WriteMode, l.Mixed:
			return nil
		case l.near(&a.Path):
			out = append(out, l)
		}
	}
	return out
}

// near reports whether l is a lock of an object that m hangs on, or a variable. Of memory of some instance that can't be named nothing is known, unless its path was
// only too long: it may be a clone's, and the lock the original's.
func (l *Lock) near(m *Path) bool {
	if f := l.Path.field(); f >= 0 {
		return m.Under(l.Path.sel[f].Owner()) && l.onPath(m) && (m.Root.Kind != Unknown || m.n == MaxSel || l.Path.Root.Kind == Unknown)
	}
	return l.Path.Root.Kind == Global || m.Loc() == 0
}

// HeldAt returns how l is surely held at a, 0 if it is not.
func (l *Lock) HeldAt(a *Access) (mode Mode) {
	for i := range a.Locks {
		k := &a.Locks[i]
		if !k.Maybe && !k.Once && sameLock(&l.Path, &k.Path) && !k.foreign(&a.Path) {
			mode = max(mode, k.Mode)
		}
	}
	return mode
}

// Refers reports whether the owner of l only refers to the object that holds the memory at m: an element of a collection, whatever is behind an
// interface, or another object of the owner's own type. Such an object has a life and perhaps an order of its own; a lock held around it need
// not be for it.
func (l *Lock) Refers(m *Path) bool {
	f := l.Path.field()
	if f < 0 {
		return false
	}
	owner := l.Path.sel[f].Owner()
	base, ok := m.base(owner)
	if !ok {
		return false
	}
	if l.Path.Root == m.Root && int(m.n) > f {
		base, _ = l.Path.Cut(f)
	}
	element := false
	for i, s := range m.sel[base.n:m.n] {
		_, index := s.Index()
		switch {
		case s.IsField() && (element || i > 0 && s.Owner() == owner):
			return true
		case s == Elem || index:
			element = true
		case !s.IsField() && s != Deref:
			return true // the concrete type behind an interface
		}
	}
	return false
}

// OnlyReadLocked reports whether a and b hold one lock of their memory, both for reading, though one of them writes to the map.
func OnlyReadLocked(a, b *Access) bool {
	under := func(w, other *Access) bool {
		if !w.Kind.ContentWrite() && w.Kind != Replace {
			return false
		}
		for _, l := range w.ReadGuards() {
			if l.HeldAt(other) == ReadMode {
				return true
			}
		}
		return false
	}
	return under(a, b) || under(b, a)
}

// Section tells writes under a read lock apart by where they stand and the two innermost calls that led there: each section is wrong by itself, so one
// can't speak for another, as it can where two accesses in one context differ in place only. It is zero for all other accesses.
//
// The whole chain would tell more sections apart, but it would also multiply a write by the ways that lead to its section.
func (a *Access) Section() (s [3]Pos) {
	if !a.Kind.ContentWrite() && a.Kind != Replace {
		return s
	}
	for i := range a.Locks {
		if l := &a.Locks[i]; l.Mode == ReadMode && !l.Once && !l.Maybe {
			s[0] = a.Pos
			for j, f := range a.Chain[max(0, len(a.Chain)-2):] {
				s[j+1] = f.Pos
			}
			return s
		}
	}
	return s
}
