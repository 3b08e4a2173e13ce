// Package fixparam has parameters that become pointers, with all their callers.
package fixparam

import "sync"

type cache struct {
	mu sync.Mutex
	m  map[string]int
}

func (c *cache) add(k string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.m[k]++
}

type owner struct{ c cache }

func count(n int, c cache) int { // want `count copies cache: its parameter c is a value`
	c.add("")
	return len(c.m) + n
}

func Callers(p *cache, o owner2, list []cache) {
	var v cache
	count(1, *p)
	count(2, v)
	count(3, o.c)
	count(4, list[0])
	count(5, cache{m: map[string]int{}})
	go count(6, *p)
}

type owner2 = *owner

// No fix for these.

func Exported(c cache) { c.add("") } // want `Exported copies cache`

func noAddress(c cache) { c.add("") } // want `noAddress copies cache`

func NoAddress(byName map[string]cache) { noAddress(byName["a"]) }

func asValue(c cache) { c.add("") } // want `asValue copies cache`

var Value = asValue

func sets(c cache) int { // want `sets copies cache`
	c.m = nil
	return len(c.m)
}

func gives(c cache) { (&c).add("") } // want `gives copies cache`

func Others(c *cache) {
	sets(*c)
	gives(*c)
}

func generic[T cache](c T) {} // want `generic copies T`
