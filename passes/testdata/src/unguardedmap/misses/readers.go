package misses

import (
	"maps"
	"sync"
)

// Census is read under its lock, each section of which has the map alone.
type Census struct {
	mu   sync.Mutex
	seen map[string]int
}

// NewCensus returns one.
func NewCensus() *Census { return &Census{seen: map[string]int{}} }

// Seen has the lock.
func (c *Census) Seen(name string) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.seen[name]
}

// All has the lock.
func (c *Census) All() map[string]int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return maps.Clone(c.seen)
}

// FN_Refresh is the only one that writes.
func (c *Census) FN_Refresh(names []string) {
	for _, n := range names {
		c.seen[n]++
	}
}
