package summary

import (
	"slices"

	"github.com/mapguard/mapguard/internal/domain"
)

// interned holds the sets of terms, each once: there are hundreds of thousands of terms, and few different sets. Sets that are equal lie in one place, so
// that what was made of them is found again by where they lie.
type interned struct {
	paths map[domain.ContextKey][]domain.Path
	locks map[domain.ContextKey]domain.Lockset
}

func newInterned() interned {
	return interned{map[domain.ContextKey][]domain.Path{}, map[domain.ContextKey]domain.Lockset{}}
}

// pathSet returns the set that stands for all with these paths. Checks ask several functions at once, and keep nothing.
func (f *function) pathSet(set []domain.Path) []domain.Path {
	if len(set) == 0 || !f.solving {
		return set
	}
	return once(f.u.interned.paths, domain.PathsKey(set), set)
}

// lockset is pathSet for locks.
func (f *function) lockset(set domain.Lockset) domain.Lockset {
	if len(set) == 0 || !f.solving {
		return set
	}
	return once(f.u.interned.locks, set.Key(), set)
}

func once[V any](known map[domain.ContextKey]V, key domain.ContextKey, v V) V {
	if old, ok := known[key]; ok {
		return old
	}
	known[key] = v
	return v
}

// maxInterned bounds the sets and terms that are known again. Most belong to one function and its callers: of all that were ever made the tenth part lives.
const maxInterned = 4096

// refresh forgets the sets and terms that are known again, between functions, once they are many. They are numbered for one function.
func (u *unit) refresh() {
	if len(u.interned.paths)+len(u.interned.locks) > maxInterned {
		u.interned = newInterned()
	}
	if len(u.terms) > maxInterned {
		u.terms = map[domain.ContextKey]int{}
	}
}

// place tells sets, which are not empty, by where they lie.
type place[T any] struct {
	first *T
	n     int
}

func placeOf[T any](set []T) place[T] { return place[T]{&set[0], len(set)} }

// recent holds the last few results of a function: the terms and spawns of a callee share most of their sets.
type recent[K comparable, V any] struct {
	keys [4]K
	vals [4]V
	next int
}

func (r *recent[K, V]) get(key K) (v V, ok bool) {
	for i := range r.keys {
		if r.keys[i] == key {
			return r.vals[i], true
		}
	}
	return v, false
}

func (r *recent[K, V]) put(key K, v V) V {
	r.keys[r.next], r.vals[r.next] = key, v
	r.next = (r.next + 1) % len(r.keys)
	return v
}

// recents are the last results of an env. Most have none.
type recents struct {
	sets   recent[place[domain.Path], []domain.Path]
	unions recent[[2]place[domain.Path], []domain.Path]
	locked recent[place[domain.Lock], domain.Lockset]
}

func (e *env) recents() *recents {
	if e.recent == nil {
		e.recent = new(recents)
	}
	return e.recent
}

// set translates a set of join keys or released locks.
func (e *env) set(paths []domain.Path) []domain.Path {
	if len(paths) == 0 {
		return nil
	}
	key := placeOf(paths)
	if out, ok := e.recents().sets.get(key); ok {
		return out
	}
	compare := func(a, b domain.Path) int { return a.Compare(&b) }
	if changed := func(p domain.Path) bool { return !unchanged(&p) }; slices.IsSortedFunc(paths, compare) && !slices.ContainsFunc(paths, changed) {
		return e.recents().sets.put(key, e.f.pathSet(paths))
	}
	out := make([]domain.Path, 0, len(paths))
	for i := range paths {
		out = append(out, e.content(&paths[i])...)
	}
	slices.SortFunc(out, compare)
	return e.recents().sets.put(key, e.f.pathSet(slices.Clip(slices.Compact(out))))
}

// union is domain.UnionPaths of sets in the names of f, as far as terms have room for it.
func (e *env) union(a, b []domain.Path) []domain.Path {
	if len(a) == 0 || len(b) == 0 {
		return joinKeys(a, b)
	}
	key := [2]place[domain.Path]{placeOf(a), placeOf(b)}
	if out, ok := e.recents().unions.get(key); ok {
		return out
	}
	return e.recents().unions.put(key, e.f.pathSet(joinKeys(a, b)))
}

// locks translates a lockset.
func (e *env) locks(set []domain.Lock) domain.Lockset {
	if len(set) == 0 {
		return nil
	}
	key := placeOf(set)
	if out, ok := e.recents().locked.get(key); ok {
		return out
	}
	return e.recents().locked.put(key, e.f.lockset(e.translateLocks(set, true)))
}
