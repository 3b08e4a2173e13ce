package domain

import "slices"

// Sets are sorted slices, and are not changed once they are made: facts hold them, and states share them.

// InsertSym returns the sorted set with s added. It does not go through insert, since symbols are compared in one instruction, and often.
func InsertSym(set []Sym, s Sym) []Sym {
	i, found := slices.BinarySearch(set, s)
	if found {
		return set
	}
	return InsertedAt(set, i, s)
}

// InsertedAt returns a new slice with x before what is at i. It takes the memory of one element more; slices.Insert takes twice that of set, or copies it twice.
func InsertedAt[T any](set []T, i int, x T) []T {
	out := make([]T, len(set)+1)
	copy(out, set[:i])
	out[i] = x
	copy(out[i+1:], set[i:])
	return out
}

// HasSym reports whether the sorted set holds s.
func HasSym(set []Sym, s Sym) bool {
	_, found := slices.BinarySearch(set, s)
	return found
}

// UnionSyms returns the union of two sorted sets.
func UnionSyms(a, b []Sym) []Sym {
	switch {
	case len(a) == 0 || slices.Equal(a, b):
		return b
	case len(b) == 0 || coversSyms(a, b):
		return a
	case coversSyms(b, a):
		return b
	}
	out := make([]Sym, 0, len(a)+len(b))
	for len(a) > 0 && len(b) > 0 {
		switch {
		case a[0] < b[0]:
			out, a = append(out, a[0]), a[1:]
		case a[0] > b[0]:
			out, b = append(out, b[0]), b[1:]
		default:
			out, a, b = append(out, a[0]), a[1:], b[1:]
		}
	}
	return append(append(out, a...), b...)
}

// coversSyms reports whether the sorted set a holds all of b. Most unions add nothing, and need no memory then.
func coversSyms(a, b []Sym) bool {
	for len(b) <= len(a) {
		if len(b) == 0 {
			return true
		}
		if a[0] > b[0] {
			return false
		}
		if a[0] == b[0] {
			b = b[1:]
		}
		a = a[1:]
	}
	return false
}

// InsertPath returns the sorted set with p added.
func InsertPath(set []Path, p Path) []Path { return insert(set, p, comparePaths) }

// HasPath reports whether the sorted set holds p.
func HasPath(set []Path, p Path) bool { return has(set, p, comparePaths) }

func insert[T any](set []T, x T, compare func(a, b T) int) []T {
	i, found := slices.BinarySearchFunc(set, x, compare)
	if found {
		return set
	}
	return InsertedAt(set, i, x)
}

func has[T any](set []T, x T, compare func(a, b T) int) bool {
	_, found := slices.BinarySearchFunc(set, x, compare)
	return found
}

// UnionPaths returns the union of two sorted sets.
func UnionPaths(a, b []Path) []Path {
	switch {
	case len(a) == 0 || slices.Equal(a, b):
		return b
	case len(b) == 0 || coversPaths(a, b):
		return a
	case coversPaths(b, a):
		return b
	}
	out := make([]Path, 0, len(a)+len(b))
	for len(a) > 0 && len(b) > 0 {
		switch c := a[0].Compare(&b[0]); {
		case c < 0:
			out, a = append(out, a[0]), a[1:]
		case c > 0:
			out, b = append(out, b[0]), b[1:]
		default:
			out, a, b = append(out, a[0]), a[1:], b[1:]
		}
	}
	return append(append(out, a...), b...)
}

// coversPaths is coversSyms for paths.
func coversPaths(a, b []Path) bool {
	for len(b) <= len(a) {
		if len(b) == 0 {
			return true
		}
		c := a[0].Compare(&b[0])
		if c > 0 {
			return false
		}
		if c == 0 {
			b = b[1:]
		}
		a = a[1:]
	}
	return false
}

// MeetSyms returns the intersection of two sorted sets.
func MeetSyms(a, b []Sym) []Sym { return meet(a, b, HasSym) }

// MeetPaths is MeetSyms for paths.
func MeetPaths(a, b []Path) []Path { return meet(a, b, HasPath) }

func meet[T comparable](a, b []T, holds func(set []T, x T) bool) []T {
	if slices.Equal(a, b) {
		return a
	}
	var out []T
	for _, x := range a {
		if holds(b, x) {
			out = append(out, x)
		}
	}
	return out
}

// WithoutSym returns the sorted set without s.
func WithoutSym(set []Sym, s Sym) []Sym {
	if i, found := slices.BinarySearch(set, s); found {
		return slices.Delete(slices.Clone(set), i, i+1)
	}
	return set
}

func comparePaths(p, q Path) int { return p.Compare(&q) }
