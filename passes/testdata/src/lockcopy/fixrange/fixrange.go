// Package fixrange has loops over values that become loops over their addresses.
package fixrange

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

func Blank(list []cache) {
	for _, c := range list { // want `the range variable c copies cache`
		c.add("")
	}
}

func Keyed(list []cache) (n int) {
	for at, c := range list { // want `the range variable c copies cache`
		c.add("")
		n += at
	}
	return n
}

func Array(i int) {
	var list [3]cache
	for _, c := range list { // want `the range variable c copies cache`
		c.m[""] = i
	}
	use(&list)
}

func use(*[3]cache) {}

func OneLine(list []cache) {
	for _, c := range list { c.add("") } // want `the range variable c copies cache`
}

func Nested(lists [][]cache) {
	for _, list := range lists {
		for _, c := range list { // want `the range variable c copies cache`
			c.add("")
		}
	}
}

// No fix for these.

func Replaced(list []cache) {
	for _, c := range list { // want `the range variable c copies cache`
		c.add("")
		list = nil
	}
}

func Sets(list []cache) {
	for _, c := range list { // want `the range variable c copies cache`
		c.m = nil
		c.add("")
	}
}

func Keeps(list []cache) (out []*cache) {
	for _, c := range list { // want `the range variable c copies cache`
		out = append(out, &c)
	}
	return out
}

func Map(byName map[string]cache) {
	for _, c := range byName { // want `the range variable c copies cache`
		c.add("")
	}
}

type owner struct{ list []cache }

func (o *owner) Field() {
	for _, c := range o.list { // want `the range variable c copies cache`
		c.add("")
	}
}
