package owners

import "sync"

// TraceCache is written by its Store alone, which holds its own lock, too.
type TraceCache struct {
	mu    sync.RWMutex
	spans map[string]int
}

func (c *TraceCache) Update(id string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.spans[id]++
}

func (c *TraceCache) Drop(id string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.spans, id)
}

func (c *TraceCache) Get(id string) int {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.spans[id]
}

type Store struct {
	mu    sync.Mutex
	cache *TraceCache
	shown int
}

func NewStore() *Store { return &Store{cache: &TraceCache{spans: map[string]int{}}} }

func (s *Store) Cache() *TraceCache { return s.cache }

func (s *Store) Add(id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.cache.Update(id)
}

func (s *Store) Remove(id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.cache.Drop(id)
}

// FP_Recount reads under the lock that all who write hold, though Update and Drop may be called by others, who need not hold it.
func (s *Store) FP_Recount(id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.shown = s.cache.spans[id] // want `map TraceCache.spans is read without TraceCache.mu`
}
