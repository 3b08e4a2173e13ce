// Package fakes has an interface behind which its tests put a fake that hands out its own map.
package fakes

import "sync"

type backend interface{ read() map[string]int }

type real struct{}

func (real) read() map[string]int { return map[string]int{} }

type Cluster struct {
	mu sync.Mutex
	be backend
}

// The real backend makes a map for each call, whatever the fake of the tests does.
func (c *Cluster) SumOk() (n int) {
	for _, v := range c.be.read() {
		n += v
	}
	return n
}

func (c *Cluster) Locked() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.be.read())
}
