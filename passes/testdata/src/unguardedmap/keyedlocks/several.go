package keyedlocks

import (
	"hash/fnv"
	"slices"
	"sync"
)

type stripe struct {
	mu sync.Mutex
	m  map[string]int
}

// Stripes has a lock for the keys of each stripe.
type Stripes struct {
	all   []*stripe
	locks []*sync.Mutex
}

func (s *Stripes) index(key string) int {
	h := fnv.New32()
	h.Write([]byte(key))
	return int(h.Sum32()) % len(s.all)
}

func (s *Stripes) indices(keys []string) (out []int) {
	for _, k := range keys {
		out = append(out, s.index(k))
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// Lock takes the locks of all keys, in order.
func (s *Stripes) Lock(keys []string) {
	for _, i := range s.indices(keys) {
		s.locks[i].Lock()
	}
}

func (s *Stripes) Unlock(keys []string) {
	for _, i := range s.indices(keys) {
		s.locks[i].Unlock()
	}
}

// FP_put is called with the lock of its key held, by a helper that takes those of several.
func (s *Stripes) FP_put(key string) {
	s.all[s.index(key)].m[key]++ // want `map stripe.m is written here by several goroutines at once`
}

func (s *Stripes) Fill(keys []string) {
	for _, k := range keys {
		go func() {
			s.Lock([]string{k})
			defer s.Unlock([]string{k})
			s.FP_put(k)
		}()
	}
}
