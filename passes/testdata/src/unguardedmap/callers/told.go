package callers

import "sync"

type Lodge struct {
	mu     sync.Mutex
	logins map[string]int
	sizes  map[string]int
}

func (o *Lodge) Login(k string) int {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.logins[k]
}

func (o *Lodge) Put(k string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.logins[k]++
	o.drop(k, true)
}

// It looks into the map itself where it is told that the lock is held.
func (o *Lodge) drop(k string, locked bool) int {
	get := o.Login
	if locked {
		get = func(k string) int { return o.logins[k] }
	}
	return get(k)
}

func (o *Lodge) DropOk(k string) int { return o.drop(k, false) }

type Shed struct {
	mu     sync.Mutex
	logins map[string]int
}

func (h *Shed) Put(k string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.logins[k]++
	h.drop(k, true)
}

func (h *Shed) drop(k string, locked bool) int {
	if locked {
		get := func(k string) int { return h.logins[k] }
		return get(k)
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.logins[k]
}

// It is told so where it is not.
func (h *Shed) DropBad(k string) int {
	return h.drop(k, true) // want `map Shed.logins is read without Shed.mu`
}

type action interface{ name() string }

type prewrite struct{ retry bool }

type cleanup struct{}

func (prewrite) name() string { return "prewrite" }
func (cleanup) name() string  { return "cleanup" }

type Commit struct {
	sizes map[string]int
	late  map[string]int
}

func (c *Commit) do(a action, keys []string) { c.doAll(a, keys) }

func (c *Commit) doAll(a action, keys []string) {
	switch a := a.(type) {
	case prewrite:
		if !a.retry {
			for _, k := range keys {
				c.sizes[k]++
			}
		}
	case cleanup:
		for _, k := range keys {
			c.late[k]++ // want `map Commit.late is written here`
		}
	}
}

// The goroutine cleans up, and counts no sizes.
func (c *Commit) Run(keys []string) {
	go c.do(cleanup{}, keys)
	c.do(prewrite{}, keys)
	c.late["x"]++
}
