// Package variables has maps and locks that are no fields of one struct.
package variables

import "sync"

var (
	mu    sync.RWMutex
	known = map[string]int{}
)

func Known(k string) int {
	mu.RLock()
	defer mu.RUnlock()
	return known[k]
}

// Package variables.
func LearnBad(k string) {
	mu.RLock()
	defer mu.RUnlock()
	known[k] = 1 // want `map known is written here with mu only read-locked`
}

func LearnOk(k string) {
	mu.Lock()
	defer mu.Unlock()
	known[k] = 1
}

// Captured variables.
func CountBad(keys []string) map[string]int {
	var mu sync.RWMutex
	var wg sync.WaitGroup
	n := map[string]int{}
	for _, k := range keys {
		wg.Add(1)
		go func() {
			defer wg.Done()
			mu.RLock()
			n[k]++ // want `map n is written here with mu only read-locked`
			mu.RUnlock()
		}()
	}
	wg.Wait()
	return n
}

func CountOk(keys []string) map[string]int {
	var mu sync.RWMutex
	var wg sync.WaitGroup
	n := map[string]int{}
	for _, k := range keys {
		wg.Add(1)
		go func() {
			defer wg.Done()
			mu.Lock()
			n[k]++
			mu.Unlock()
		}()
	}
	wg.Wait()
	return n
}

type Embedded struct {
	sync.RWMutex
	m map[string]int
}

func (e *Embedded) Get(k string) int {
	e.RLock()
	defer e.RUnlock()
	return e.m[k]
}

// An embedded lock.
func (e *Embedded) PutBad(k string) {
	e.RLock()
	defer e.RUnlock()
	e.m[k] = 1 // want `map Embedded.m is written here with Embedded.RWMutex only read-locked`
}

func (e *Embedded) PutOk(k string) {
	e.Lock()
	defer e.Unlock()
	e.m[k] = 1
}

type Pointed struct {
	mu *sync.RWMutex
	m  map[string]int
}

func (p *Pointed) Get(k string) int {
	p.mu.RLock()
	defer p.mu.RUnlock()
	return p.m[k]
}

// A pointer to a lock.
func (p *Pointed) PutBad(k string) {
	p.mu.RLock()
	defer p.mu.RUnlock()
	p.m[k] = 1 // want `map Pointed.m is written here with Pointed.mu only read-locked`
}

type shard struct {
	sync.RWMutex
	m map[string]int
}

type Shards struct{ all [8]shard }

func (s *Shards) Get(i int, k string) int {
	s.all[i].RLock()
	defer s.all[i].RUnlock()
	return s.all[i].m[k]
}

// Shards.
func (s *Shards) PutBad(i int, k string) {
	sh := &s.all[i]
	sh.RLock()
	defer sh.RUnlock()
	sh.m[k] = 1 // want `map shard.m is written here with shard.RWMutex only read-locked`
}

func (s *Shards) PutOk(i int, k string) {
	sh := &s.all[i]
	sh.Lock()
	defer sh.Unlock()
	sh.m[k] = 1
}
