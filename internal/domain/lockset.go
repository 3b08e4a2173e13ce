package domain

import (
	"cmp"
	"slices"
	"strings"
)

// Mode is how a lock is held.
type Mode uint8

const (
	ReadMode  Mode = 1 + iota // shared: RLock
	WriteMode                 // exclusive: Lock
)

// Lock is a lock that is held.
type Lock struct {
	Path Path
	Mode Mode
	// Maybe: held on some of the paths that lead here, or in a form that can't be followed. Such a lock silences an
	// access, and is never evidence.
	Maybe bool
	// Cond, if not 0, says when a Maybe lock is held: if the boolean parameter or captured variable of that number is true or, where the
	// number is negative, false. Within a function the highest of parameters stands for its last result, see allWell of package summary.
	Cond int8
	// Once: the completed (ReadMode) or running (WriteMode) function of a sync.Once; a boolean that is set (ReadMode), or not yet (WriteMode); a Role. It
	// orders like a lock and guards nothing else.
	Once bool
	// Mixed: held for reading on some of the paths that lead here, and exclusively on others.
	Mixed bool
	// Keyed: one of a table of locks, that an argument has chosen. It keeps apart those who have chosen the same.
	Keyed bool
	// Lent: a Maybe lock that callers may hold because of what the object lends them.
	Lent bool
}

// Wild is the lock that nobody could name. It silences everything.
var Wild = Lock{Path: Path{}, Mode: WriteMode, Maybe: true}

// Lockset is an immutable set of locks sorted by path. The zero value holds none.
type Lockset []Lock

func compareLock(a, b Lock) int { return a.Path.Compare(&b.Path) }

// With returns the set after l is acquired. A write hold is never weakened.
func (s Lockset) With(l Lock) Lockset {
	l.Keyed = l.Keyed || l.Path.Chosen()
	i, found := slices.BinarySearchFunc(s, l, compareLock)
	if !found {
		return InsertedAt(s, i, l)
	}
	if l = s[i].again(l); l == s[i] {
		return s
	}
	s = slices.Clone(s)
	s[i] = l
	return s
}

// again returns the hold after the lock that l holds was acquired once more, as n.
func (l Lock) again(n Lock) Lock {
	if !l.Maybe && n.Maybe {
		return l
	}
	if l.Maybe == n.Maybe {
		n.Mode = max(n.Mode, l.Mode)
	}
	return n
}

// Without returns the set after the lock at path is released.
func (s Lockset) Without(path *Path) Lockset {
	i, found := slices.BinarySearchFunc(s, Lock{Path: *path}, compareLock)
	if !found {
		return s
	}
	return slices.Delete(slices.Clone(s), i, i+1)
}

// Captured reports whether some lock is a captured variable, which has another name in the function that declares it.
func (s Lockset) Captured() bool {
	return slices.ContainsFunc(s, func(l Lock) bool { return l.Path.Root.Kind == FreeVar && l.Path.Loc() == 0 })
}

// WithLent returns the set with the lock at loc, which is lent to callers, maybe held, unless some instance of it is in the set.
func (s Lockset) WithLent(loc Sym) Lockset {
	for i := range s {
		if s[i].Path.Loc() == loc {
			return s
		}
	}
	return s.With(Lock{Path: Of(Root{Kind: Unknown}).Append(loc), Mode: WriteMode, Maybe: true, Lent: true})
}

// WithoutUnset returns the set without the flags found unset: once a lock is released they may be set.
func (s Lockset) WithoutUnset() Lockset {
	return s.without(func(l Lock) bool { return l.Once && l.Mode == WriteMode && !l.IsRole() })
}

// WithoutRoles returns the set without the roles, see Role.
func (s Lockset) WithoutRoles() Lockset { return s.without(Lock.IsRole) }

func (s Lockset) without(drop func(Lock) bool) Lockset {
	if !slices.ContainsFunc(s, drop) {
		return s
	}
	return slices.DeleteFunc(slices.Clone(s), drop)
}

// IsRole reports whether l is a role, see Role.
func (l Lock) IsRole() bool {
	sel := l.Path.Sel()
	return l.Once && len(sel) > 0 && sel[len(sel)-1] == Role
}

// Get returns the hold on path.
func (s Lockset) Get(path *Path) (Lock, bool) {
	i, found := slices.BinarySearchFunc(s, Lock{Path: *path}, compareLock)
	if !found {
		return Lock{}, false
	}
	return s[i], true
}

// Union returns the set after the locks of t are acquired one after another: a callee's set seen from a caller that holds s.
func (s Lockset) Union(t []Lock) Lockset {
	switch {
	case len(t) == 0:
		return s
	case len(s) == 0 && slices.IsSortedFunc(t, strictly):
		return t
	}
	out := append(make(Lockset, 0, len(s)+len(t)), s...)
	for i := range t {
		out.Add(&t[i])
	}
	return out
}

// Add is Union with one lock, in place.
func (s *Lockset) Add(l *Lock) {
	i, found := slices.BinarySearchFunc(*s, *l, compareLock)
	if found {
		(*s)[i] = (*s)[i].again(*l)
	} else {
		*s = slices.Insert(*s, i, *l)
	}
}

// strictly orders locks so that only a list without repetition is sorted by it.
func strictly(a, b Lock) int {
	if c := compareLock(a, b); c != 0 {
		return c
	}
	return 1
}

// Meet joins two control-flow paths: what both hold is held, in the weaker mode; what one of them holds is Maybe.
// The cond function tells under which parameter value a lock of the left (or right) path alone is held, 0 if unknown.
func (s Lockset) Meet(t Lockset, cond func(left bool) int8) Lockset {
	if slices.Equal(s, t) {
		return s
	}
	var out Lockset
	onlyIn := func(l Lock, left bool) {
		if !l.Maybe {
			l.Cond = cond(left)
		}
		l.Maybe = true
		out = append(out, l)
	}
	i, j := 0, 0
	for i < len(s) || j < len(t) {
		var c int
		switch {
		case i == len(s):
			c = 1
		case j == len(t):
			c = -1
		default:
			c = compareLock(s[i], t[j])
		}
		switch {
		case c < 0:
			onlyIn(s[i], true)
			i++
		case c > 0:
			onlyIn(t[j], false)
			j++
		default:
			out = append(out, meetLock(s[i], t[j]))
			i, j = i+1, j+1
		}
	}
	return out
}

func meetLock(a, b Lock) Lock {
	l := a
	l.Mode = min(a.Mode, b.Mode)
	l.Mixed = a.Mixed || b.Mixed || a.Mode != b.Mode
	l.Maybe = a.Maybe || b.Maybe
	l.Once = a.Once && b.Once
	switch {
	case !l.Maybe:
		l.Cond = 0
	case !a.Maybe:
		l.Cond = b.Cond
	case b.Maybe && a.Cond != b.Cond:
		l.Cond = 0
	}
	return l
}

// Exclusive returns the set with each lock in write mode: the inside of a sync.Once, given what holds after it.
func (s Lockset) Exclusive() Lockset {
	out := slices.Clone(s)
	for i := range out {
		out[i].Mode = WriteMode
	}
	return out
}

// heldLocally reports whether s holds a lock exclusively that only the function itself can name.
func (s Lockset) heldLocally() bool {
	return slices.ContainsFunc(s, func(l Lock) bool { return l.Mode == WriteMode && !l.Maybe && !l.Once && localPath(l.Path) })
}

// Unsure reports whether some lock may be held that is not surely held. A flag that was found set, or unset, on some of the ways is none: it keeps apart only those who look at it, too.
func (s Lockset) Unsure() bool {
	return slices.ContainsFunc(s, func(l Lock) bool { return l.Maybe && !l.Once })
}

// UnsureOf reports whether it can't be told if the guard at loc is held, since some lock may be, or not. A lock that is lent to callers says nothing of another one: it may keep two accesses
// apart, as Excluded knows. Any other that may be held may be what the map is guarded by here, whatever it is called.
func (s Lockset) UnsureOf(loc Sym) bool {
	return slices.ContainsFunc(s, func(l Lock) bool { return l.Maybe && !l.Once && (!l.Lent || l.Path.Loc() == loc) })
}

// Sure returns the locks that are held on every path, those of sync.Once left out.
func (s Lockset) Sure() Lockset {
	var out Lockset
	for _, l := range s {
		if !l.Maybe && !l.Once {
			out = append(out, l)
		}
	}
	return out
}

// String lists the locks in the order of their names: "P0.mu:W pkg.mu:R".
func (s Lockset) String() string {
	var names []string
	for _, l := range s {
		text := l.Path.String() + ":" + map[Mode]string{ReadMode: "R", WriteMode: "W"}[l.Mode]
		if l.Once {
			text += "once"
		}
		if l.Maybe {
			text += "?"
		}
		names = append(names, text)
	}
	slices.SortFunc(names, cmp.Compare)
	return strings.Join(names, " ")
}
