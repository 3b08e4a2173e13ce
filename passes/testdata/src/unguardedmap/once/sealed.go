package once

import "sync"

// Complete from some point on, as a plain flag says: who adds something then, or asks before that, panics.
type sealedOk struct {
	mu     sync.Mutex
	sealed bool
	items  map[string]int
}

func (c *sealedOk) Add(name string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.sealed {
		panic("sealed")
	}
	c.items[name] = len(c.items)
}

func (c *sealedOk) Seal() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.sealed = true
}

func (c *sealedOk) Number(name string) int {
	if !c.sealed {
		panic("not sealed")
	}
	return c.items[name]
}

// The one that adds does not look.
type sealedBad struct {
	mu     sync.Mutex
	sealed bool
	items  map[string]int
}

func (c *sealedBad) Add(name string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.items[name] = len(c.items)
}

func (c *sealedBad) Seal() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.sealed = true
}

func (c *sealedBad) Number(name string) int {
	if !c.sealed {
		panic("not sealed")
	}
	return c.items[name] // want `map sealedBad.items is read without sealedBad.mu`
}

// It may be opened again, while somebody who has found it sealed goes on.
type reopenedBad struct {
	mu     sync.Mutex
	sealed bool
	items  map[string]int
}

func (c *reopenedBad) Add(name string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.sealed {
		panic("sealed")
	}
	c.items[name] = len(c.items)
}

func (c *reopenedBad) Seal(to bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.sealed = to
}

func (c *reopenedBad) Number(name string) int {
	if !c.sealed {
		panic("not sealed")
	}
	return c.items[name] // want `map reopenedBad.items is read without reopenedBad.mu`
}
