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

// room is where a set is put together until it is known whether it is there already, which most are.
type room struct {
	paths []domain.Path
	locks domain.Lockset
}

// pathRoom returns an empty set, which keepPaths wants back.
func (f *function) pathRoom() (out []domain.Path) {
	if f.solving {
		out, f.u.room.paths = f.u.room.paths[:0], nil // who asks in between gets another
	}
	return out
}

// keepPaths returns the set that stands for all with the paths of set, which lies in the room for such.
func (f *function) keepPaths(set []domain.Path) []domain.Path {
	if !f.solving {
		return slices.Clip(set)
	}
	f.u.room.paths = set
	return keep(f.u.interned.paths, domain.PathsKey, set)
}

// lockRoom and keepLocks are pathRoom and keepPaths for locks.
func (f *function) lockRoom() (out domain.Lockset) {
	if f.solving {
		out, f.u.room.locks = f.u.room.locks[:0], nil
	}
	return out
}

func (f *function) keepLocks(set domain.Lockset) domain.Lockset {
	if !f.solving {
		return slices.Clip(set)
	}
	f.u.room.locks = set
	return keep(f.u.interned.locks, domain.Lockset.Key, set)
}

// keep returns the known set that is equal to set, or a copy that is known from now on.
func keep[S ~[]T, T any](known map[domain.ContextKey]S, keyOf func(S) domain.ContextKey, set S) S {
	if len(set) == 0 {
		return nil
	}
	key := keyOf(set)
	old, ok := known[key]
	if !ok {
		old = slices.Clone(set)
		known[key] = old
	}
	return old
}

// pathSet returns the set that stands for all with these paths. Checks ask several functions at once, and keep nothing.
func (f *function) pathSet(set []domain.Path) []domain.Path {
	if len(set) == 0 || !f.solving {
		return set
	}
	return keep(f.u.interned.paths, domain.PathsKey, set)
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
	out := e.f.pathRoom()
	for i := range paths {
		if unchanged(&paths[i]) {
			out = append(out, paths[i])
		} else {
			out = append(out, e.content(&paths[i])...)
		}
	}
	slices.SortFunc(out, compare)
	return e.recents().sets.put(key, e.f.keepPaths(slices.Compact(out)))
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
	return e.recents().locked.put(key, e.f.keepLocks(e.translateLocks(e.f.lockRoom(), set, true)))
}

// lockUnion is Union of locksets that are both in the names of f.
func (f *function) lockUnion(s, t domain.Lockset) domain.Lockset {
	out := append(f.lockRoom(), s...)
	for i := range t {
		out.Add(&t[i])
	}
	return f.keepLocks(out)
}
