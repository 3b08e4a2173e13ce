package summary

import (
	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/domain"
)

// spare is the memory of functions that are done, for the next ones: it would be most of the garbage.
type spare struct {
	collector spareCollector
	paths     []map[translated][]domain.Path // of envs
	spawns    []*domain.Spawn                // see adoption
	memo      map[ssa.Value][]domain.Path
	pending   map[ssa.Value]int
	states    []state
}

// spareCollector is the memory of a collector that is done.
type spareCollector struct {
	accesses []domain.Access
	seen     map[domain.ContextKey]bool
	kept     map[keptKey]int
}

// newSpawn returns a spawn that is to be set, and is f's own.
func (f *function) newSpawn() *domain.Spawn {
	if f.solving {
		if sp, ok := pop(&f.u.spare.spawns); ok {
			return sp
		}
	}
	return new(domain.Spawn)
}

func pop[T any](list *[]T) (last T, ok bool) {
	n := len(*list)
	if n == 0 {
		return last, false
	}
	last = (*list)[n-1]
	*list = (*list)[:n-1]
	return last, true
}

// borrow takes what functions before f have given back.
func (f *function) borrow() {
	s := &f.u.spare
	f.memo, f.pending, f.states = emptied(s.memo), emptied(s.pending), s.states
	s.memo, s.pending, s.states = nil, nil, nil
}

// giveBack hands what f has used, and nobody has got from it, on to the next function.
func (f *function) giveBack() {
	s := &f.u.spare
	for _, m := range f.borrowed {
		if len(m) <= maxReused {
			clear(m)
			s.paths = append(s.paths, m)
		}
	}
	for _, sp := range f.adopted {
		*sp = domain.Spawn{}
		s.spawns = append(s.spawns, sp)
	}
	clear(f.states)
	s.memo, s.pending, s.states = f.memo, f.pending, f.states[:0]
	f.borrowed, f.adopted, f.memo, f.pending, f.states = nil, nil, nil, nil, nil
}

// maxReused bounds the maps that are used again: to empty one takes as long as it has become large.
const maxReused = 512

// emptied returns an empty map, m if it may be used again.
func emptied[K comparable, V any](m map[K]V) map[K]V {
	if m == nil || len(m) > maxReused {
		return map[K]V{}
	}
	clear(m)
	return m
}
