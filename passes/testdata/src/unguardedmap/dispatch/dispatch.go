// Package dispatch touches maps through an interface of its own package, under the lock of whoever holds the object.
package dispatch

import "sync"

type store interface{ drop(k string) }

type memory struct{ rows map[string]int }

func (m *memory) drop(k string) { delete(m.rows, k) }

type disk struct{ rows map[string]int }

func (d *disk) drop(k string) { delete(d.rows, k) }

func evict(s store) { s.drop("old") }

type Cache struct {
	mu  sync.Mutex
	mem *memory
}

func New() *Cache {
	c := &Cache{mem: &memory{rows: map[string]int{}}}
	go c.run()
	return c
}

// The goroutine goes through the interface, holding the lock.
func (c *Cache) run() {
	for {
		c.mu.Lock()
		evict(c.mem)
		c.mu.Unlock()
	}
}

func (c *Cache) SizeBad() int {
	return len(c.mem.rows) // want `map memory.rows is measured without Cache.mu`
}

func (c *Cache) SizeOk() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.mem.rows)
}

// Archive has the other type, and another lock: the two are never one map.
type Archive struct {
	mu   sync.Mutex
	file *disk
}

func (a *Archive) TrimOk() {
	a.mu.Lock()
	defer a.mu.Unlock()
	evict(a.file)
}

func (a *Archive) SizeOk() int {
	a.mu.Lock()
	defer a.mu.Unlock()
	return len(a.file.rows)
}
