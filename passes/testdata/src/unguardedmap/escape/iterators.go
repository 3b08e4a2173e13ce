package escape

import (
	"iter"
	"maps"
	"slices"
	"sync"
)

// Iterators and other functions that a method returns: whoever calls them does so when the method is over.

type set[T comparable] struct {
	mu sync.RWMutex
	m  map[T]bool
}

func (s *set[T]) Add(v T) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.m[v] = true
}

func (s *set[T]) Remove(v T) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.m, v)
}

func (s *set[T]) AllBad() iter.Seq[T] {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return func(yield func(T) bool) {
		for v := range s.m { // want `map set.m is iterated without set.mu, held at \d+ of its \d+ other accesses`
			if !yield(v) {
				return
			}
		}
	}
}

func (s *set[T]) AllOk() iter.Seq[T] {
	return func(yield func(T) bool) {
		s.mu.RLock()
		defer s.mu.RUnlock()
		for v := range s.m {
			if !yield(v) {
				return
			}
		}
	}
}

func (s *set[T]) CopiedOk() iter.Seq[T] {
	s.mu.RLock()
	all := maps.Clone(s.m)
	s.mu.RUnlock()
	return func(yield func(T) bool) {
		for v := range all {
			if !yield(v) {
				return
			}
		}
	}
}

func (s *set[T]) KeysBad() iter.Seq[T] {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return maps.Keys(s.m) // want `map set.m itself is returned, to be used by the caller after set.mu is released`
}

func (s *set[T]) KeysOk() iter.Seq[T] {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return slices.Values(slices.Collect(maps.Keys(s.m)))
}

func (s *set[T]) HasBad() func(T) bool {
	return func(v T) bool {
		return s.m[v] // want `map set.m is read without set.mu, held at \d+ of its \d+ other accesses`
	}
}

func (s *set[T]) HasOk() func(T) bool {
	return func(v T) bool {
		s.mu.RLock()
		defer s.mu.RUnlock()
		return s.m[v]
	}
}

// It returns with the lock held: the function that it returns gives it up.
func (s *set[T]) BeginOk() (commit func(T)) {
	s.mu.Lock()
	return func(v T) {
		s.m[v] = true
		s.mu.Unlock()
	}
}

// The iterator goes over the map when it is asked to.
func (s *set[T]) CollectedBad() []T {
	s.mu.RLock()
	keys := maps.Keys(s.m)
	s.mu.RUnlock()
	return slices.Collect(keys) // want `map set.m is iterated after set.mu, under which it was taken, is released`
}

func (s *set[T]) RangedBad(other map[T]bool) (n int) {
	s.mu.RLock()
	keys := maps.Keys(s.m)
	s.mu.RUnlock()
	for v := range keys { // want `map set.m is iterated after set.mu, under which it was taken, is released`
		if other[v] {
			n++
		}
	}
	return n
}

func (s *set[T]) CollectedOk() []T {
	s.mu.RLock()
	defer s.mu.RUnlock()
	keys := maps.Keys(s.m)
	n := len(s.m)
	return slices.AppendSeq(make([]T, 0, n), keys)
}

// Called with the lock held.
func (s *set[T]) each() iter.Seq[T] {
	return func(yield func(T) bool) {
		for v := range s.m {
			if !yield(v) {
				return
			}
		}
	}
}

func (s *set[T]) CountOk() (n int) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	for range s.each() {
		n++
	}
	return n
}

// Where the iterator is a library's, it is not followed to those in the package who call it.
func (s *set[T]) keys() iter.Seq[T] {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return maps.Keys(s.m)
}

func (s *set[T]) FN_CountKeys() (n int) {
	for range s.keys() {
		n++
	}
	return n
}
