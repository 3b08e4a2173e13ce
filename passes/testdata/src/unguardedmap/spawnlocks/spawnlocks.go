// Package spawnlocks has goroutines that lock for themselves while their starter holds the same lock.
package spawnlocks

import "sync"

type tracker struct {
	idx map[string]int
}

func (t *tracker) drop(k string) {
	if _, ok := t.idx[k]; ok {
		delete(t.idx, k)
	}
}

type Store struct {
	sync.Mutex
	t *tracker
}

func (s *Store) Track(k string) {
	s.Lock()
	defer s.Unlock()
	s.t.idx[k] = 1
}

func (s *Store) StartOk(quit chan struct{}) {
	s.Lock()
	defer s.Unlock()
	t := &tracker{idx: map[string]int{}}
	s.t = t
	go func() {
		for {
			s.Lock()
			if len(t.idx) > 0 {
				if quit != nil {
					t.drop("a")
					s.Unlock()
					continue
				}
			}
			s.Unlock()
			select {
			case <-quit:
				return
			}
		}
	}()
}
