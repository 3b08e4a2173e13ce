package summary

import (
	"cmp"
	"slices"

	"github.com/mapguard/mapguard/internal/domain"
)

// maxKeys bounds the join keys and released locks that a summary or state holds. Functions near the root of a program send on every
// channel there is, which says nothing about any goroutine.
const maxKeys = 12

// bounded returns the maxKeys nearest of a sorted set. To take the first ones, in the order of paths or of the code, would lose the channel that tells of
// the end of a loop, which is closed last, for those of the objects that the loop works on.
func bounded(paths []domain.Path) []domain.Path { return nearest(paths, maxKeys) }

// nearest returns the n nearest paths of a sorted set: what hangs on something with a name before what does not, and what is reached in few steps before what
// is reached in many.
func nearest(paths []domain.Path, n int) []domain.Path {
	if len(paths) <= n {
		return paths
	}
	out := make([]domain.Path, 0, n) // by nearness, at first
	for _, p := range paths {
		i, _ := slices.BinarySearchFunc(out, p, nearer)
		if i == n {
			continue
		}
		if len(out) < n {
			out = out[:len(out)+1]
		}
		copy(out[i+1:], out[i:])
		out[i] = p
	}
	slices.SortFunc(out, func(a, b domain.Path) int { return a.Compare(&b) })
	return out
}

// joinKeys returns the nearest of two sorted sets. Mostly the other is the same, or has nothing to add.
func joinKeys(set, more []domain.Path) []domain.Path {
	if len(set) == 0 || slices.Equal(set, more) {
		return bounded(more)
	}
	return bounded(withNearest(set, more, maxKeys))
}

func nearer(a, b domain.Path) int {
	return cmp.Or(cmp.Compare(nameless(&a), nameless(&b)), cmp.Compare(len(a.Sel()), len(b.Sel())), a.Compare(&b))
}

// withNearest returns the n nearest of a sorted set, and of more paths. Most of these are in it already, or too far to get in: nothing is allocated
// for them. What is returned is sorted, and is set itself if there is nothing more.
func withNearest(set, more []domain.Path, n int) []domain.Path {
	if len(more) == 0 {
		return set
	}
	out, own := nearest(set, n), len(set) > n
	far := -1 // the farthest of out, once it is full and somebody asks
	for _, p := range more {
		full := len(out) == n
		if full && far < 0 {
			far = farthest(out)
		}
		if full && nearer(p, out[far]) > 0 || domain.HasPath(out, p) {
			continue
		}
		if !own {
			out, own = append(make([]domain.Path, 0, n), out...), true
		}
		if full {
			out, far = slices.Delete(out, far, far+1), -1
		}
		i, _ := slices.BinarySearchFunc(out, p, func(a, b domain.Path) int { return a.Compare(&b) })
		out = slices.Insert(out, i, p)
	}
	return out
}

// farthest returns which of the paths is the least near.
func farthest(paths []domain.Path) (far int) {
	for i := range paths {
		if nearer(paths[i], paths[far]) > 0 {
			far = i
		}
	}
	return far
}

func nameless(p *domain.Path) int {
	if p.Root.Kind == domain.Unknown {
		return 1
	}
	return 0
}

// visible returns the paths that a caller can name.
func visible(paths []domain.Path) []domain.Path {
	var out []domain.Path
	for _, p := range paths {
		if p.Root.Kind != domain.Local || p.Loc() != 0 {
			out = append(out, p)
		}
	}
	return bounded(out)
}
