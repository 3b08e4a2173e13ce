// Package lock has a lock that its methods return.
package lock

import "sync"

type Chain struct{ mu sync.Mutex }

func (c *Chain) Lock() *Chain {
	c.mu.Lock()
	return c
}

func (c *Chain) Unlock() *Chain {
	c.mu.Unlock()
	return c
}
