package summary

import (
	"slices"

	"github.com/mapguard/mapguard/internal/domain"
)

// A WaitGroup is waited for as far as it has been told whom to expect. The starter says so; a goroutine that says so of itself may be too late, and what it
// signals then ends nobody's wait for it.

// answer notes the keys signalled here that this function itself has expected, and nobody that it has started.
func (f *function) answer(st *state, keys []domain.Path) {
	for _, k := range keys {
		if domain.HasPath(st.expected, k) {
			st.late = domain.InsertPath(st.late, k)
		}
	}
}

// without returns the sorted set of paths less some.
func without(paths, less []domain.Path) []domain.Path {
	in := func(p domain.Path) bool { return domain.HasPath(less, p) }
	if len(less) == 0 || !slices.ContainsFunc(paths, in) {
		return paths
	}
	return slices.DeleteFunc(slices.Clone(paths), in)
}

// sorted returns paths as a set.
func sorted(paths []domain.Path) []domain.Path {
	var out []domain.Path
	for _, p := range paths {
		out = domain.InsertPath(out, p)
	}
	return out
}
