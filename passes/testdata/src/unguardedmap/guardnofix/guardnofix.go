// Package guardnofix holds accesses that miss the guard, where to take it would be wrong or is not shown to be right.
package guardnofix

import (
	"io"
	"sync"
)

type Cache struct {
	mu      sync.Mutex
	other   sync.Mutex
	items   map[string]int
	evicted func(string)
	ready   chan bool
}

func (c *Cache) Set(k string, v int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.items[k] = v
}

func (c *Cache) Fill() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.items["a"] = 1
	c.items["b"] = 1
	c.items["c"] = 1
	c.items["d"] = 1
	c.items["e"] = 1
	c.items["f"] = 1
}

// The other entry point holds the lock already: a second Lock would wait for itself.
func (c *Cache) SizeBad() int { return c.size() } // want `\(in size, which is called here\)|\(in Cache.size, which is called here\)`

func (c *Cache) Resize() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.size()
}

func (c *Cache) size() int { return len(c.items) }

// What comes between the check and the write waits.
func (c *Cache) WaitBad(k string) {
	if _, ok := c.items[k]; !ok { // want `no fix: the check and the write at line 49 belong in one critical section, but it waits on a channel`
		<-c.ready
		c.items[k] = 1 // want `no fix: the check and the write`
	}
}

// The value that is written depends on what was read before the wait.
func (c *Cache) LostBad(k string) {
	n := c.items[k] // want `no fix: the check and the write at line 57 belong in one critical section, but it waits on a channel`
	<-c.ready
	c.items[k] = n + 1 // want `no fix: the check and the write`
}

// The write has a section of its own: the check belongs into it.
func (c *Cache) OnceBad(k string) {
	if _, ok := c.items[k]; ok { // want `no fix: the check and the write at line 66 belong in one critical section, and only the write has one`
		return
	}
	c.mu.Lock()
	c.items[k] = 1
	c.mu.Unlock()
}

func (c *Cache) NilBad(k string) int {
	if c == nil || c.items[k] == 0 { // want `no fix: c may be nil before the check`
		return 0
	}
	return 1
}

func (c *Cache) AgainBad(w io.Writer) {
	for len(c.items) > 0 { // want `no fix: .* it is evaluated in each round of a loop`
		w.Write(nil)
	}
}

func (c *Cache) ElseBad(w io.Writer, k string) {
	if w == nil {
		return
	} else if c.items[k] > 0 { // want `no fix: .* it is in the condition of an else`
		w.Write(nil)
	}
}

func (c *Cache) CaseBad(w io.Writer, k string) {
	switch {
	case w == nil:
	case c.items[k] > 0: // want `no fix: .* it is in the condition of a case`
		w.Write(nil)
	}
}

func (c *Cache) JumpBad(w io.Writer, k string) {
again:
	if c.items[k] > 0 { // want `no fix: the function jumps by goto`
		w.Write(nil)
		goto again
	}
}

func (c *Cache) LoopBad(k string) {
	for other := range c.items { // want `no fix: the check and the write at line \d+ belong`
		<-c.ready
		delete(c.items, other+k) // want `no fix`
	}
}

func each(w io.Writer, keys []string) {
	for _, k := range keys {
		c := &Cache{items: map[string]int{}}
		go c.Set(k, 1)
		w.Write(nil)
	}
}

// Locks calls what it was given while it holds the lock, and others can give it a method that takes it.
type Locks struct {
	mu    sync.Mutex
	items map[string]int
}

func (l *Locks) Each(f func(string)) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for k := range l.items {
		l.items[k] = 0
		f(k)
	}
}

func (l *Locks) GetBad(k string) int {
	return l.items[k] // want `no fix: Locks.Each calls f with the lock held, which may call back`
}

// Pair takes its locks in one order: to take the first with the second held closes a circle.
type Pair struct {
	a, b  sync.Mutex
	items map[string]int // guarded by a
	log   []string       // guarded by b
}

func (p *Pair) Set(k string) {
	p.a.Lock()
	defer p.a.Unlock()
	p.items[k] = 1
	p.b.Lock()
	p.log = append(p.log, k)
	p.b.Unlock()
}

func (p *Pair) Flush() {
	p.b.Lock()
	defer p.b.Unlock()
	p.log = nil
	p.get("x")
}

func (p *Pair) get(k string) int {
	return p.items[k] // want `no fix: p.b may be held where it is called, and Pair.Set takes that lock with this one held`
}

type shelves struct {
	mu   sync.RWMutex
	rows map[string]map[string]int
}

func (s *shelves) Put(row, k string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.rows[row] = map[string]int{k: 1}
	s.rows[row][k]++
}

func (s *shelves) row(name string) map[string]int {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.rows[name]
}

// Neither the whole nor the header can be held, for the same reason, which is given once.
func (s *shelves) KeysBad(name string) (keys []string) {
	for k := range s.row(name) { // want `no fix: it calls shelves.row, and there: it calls s.mu.RLock$`
		keys = append(keys, k)
	}
	return keys
}
