// Package limits holds known wrong answers.
package limits

import "sync"

type Table struct {
	mu sync.RWMutex
	m  map[string]int
}

func (t *Table) Get(k string) int {
	t.mu.RLock()
	defer t.mu.RUnlock()
	return t.m[k]
}

type Client struct {
	mu sync.Mutex
	n  int
}

// A lock of another object is held exclusively. It keeps nobody out, which only the callers of all the others can tell.
func (c *Client) FN_Register(t *Table, k string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	t.mu.RLock()
	defer t.mu.RUnlock()
	t.m[k] = c.n
}

// RLocker is not known to read-lock.
func (t *Table) FN_Locker(k string) {
	l := t.mu.RLocker()
	l.Lock()
	defer l.Unlock()
	t.m[k] = 1
}

type Ticker struct {
	mu   sync.RWMutex
	rate int
	last map[string]int
}

func (t *Ticker) SetRate(n int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.rate = n
}

// Both methods are called by one goroutine of another package, and the lock is for the rate: nothing here tells.
func (t *Ticker) FP_Tick(k string) {
	t.mu.RLock()
	defer t.mu.RUnlock()
	t.last[k] += t.rate // want `map Ticker.last is written here with Ticker.mu only read-locked`
}

func (t *Ticker) Last(k string) int {
	t.mu.RLock()
	defer t.mu.RUnlock()
	return t.last[k] * t.rate
}

type Index struct {
	mu    sync.RWMutex
	cache map[string]int
}

// The write is made whichever branch was taken, and one of them only reads.
func (x *Index) FN_Find(k string, long bool) {
	if long {
		x.mu.Lock()
		defer x.mu.Unlock()
	} else {
		x.mu.RLock()
		defer x.mu.RUnlock()
	}
	x.cache[k]++
}

func (x *Index) Get(k string) int {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return x.cache[k]
}
