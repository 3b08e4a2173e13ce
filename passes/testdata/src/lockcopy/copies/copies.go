// Package copies holds one case of each way to copy a value.
package copies

import (
	"fmt"
	"maps"
	"slices"
	"sync"
)

type Cache struct {
	mu sync.Mutex
	m  map[string]int
}

func (c *Cache) Set(k string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.m[k]++
}

func (c Cache) GetBad(k string) int { // want `GetBad copies Cache: its receiver is a value, so the copy locks its own mu while both write the same map m`
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.m[k]
}

func (c *Cache) GetOk(k string) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.m[k]
}

func paramBad(c Cache) int { // want `paramBad copies Cache: its parameter c is a value, so the copy locks its own mu while both write the same map m`
	return c.GetOk("")
}

func paramOk(c *Cache) int { return c.GetOk("") }

func callersBad(c *Cache) {
	paramBad(*c) // reported where the parameter is declared
	paramOk(c)
	func(c Cache) {}(*c) // want `the function literal copies Cache: its parameter c is a value` `the call of .* copies Cache`
	fmt.Println(*c)      // want `the call of fmt.Println copies Cache, so the copy locks its own mu`
	fmt.Println(c)
}

func resultBad(c *Cache) Cache {
	return *c // want `the return copies Cache`
}

func resultOk() Cache { return Cache{m: map[string]int{}} }

func assignBad(c *Cache) {
	d := *c // want `the assignment to d copies Cache`
	d.Set("")
	var e = d // want `the declaration of e copies Cache`
	e = *c    // want `the assignment to e copies Cache`
	e.Set("")
	*c = d // want `the assignment to \*c copies Cache`
}

func rangeBad(list []Cache, byName map[string]Cache, ch chan Cache) (n int) {
	for _, c := range list { // want `the range variable c copies Cache`
		n += c.m[""]
	}
	for _, c := range byName { // want `the range variable c copies Cache`
		n += c.m[""]
	}
	for c := range ch { // want `the range variable c copies Cache`
		n += c.m[""]
	}
	return n
}

func rangeOk(list []Cache, ptrs []*Cache) (n int) {
	for i := range list {
		n += list[i].m[""]
	}
	for _, c := range ptrs {
		n += c.m[""]
	}
	return n
}

type pair struct{ a, b Cache }

func literalBad(c *Cache) {
	_ = pair{a: *c}              // want `the literal copies Cache`
	_ = []Cache{*c}              // want `the literal copies Cache`
	_ = map[string]Cache{"": *c} // want `the literal copies Cache`
	_ = []*Cache{c}
}

func sendBad(ch chan Cache, c *Cache) {
	ch <- *c  // want `the send copies Cache`
	d := <-ch // want `the assignment to d copies Cache`
	d.Set("")
}

func sendOk(ch chan *Cache, c *Cache) { ch <- c }

func interfaceBad(c *Cache) any {
	var x any = *c // want `the declaration of x copies Cache`
	x = any(*c)    // want `the conversion to any copies Cache`
	d := x.(Cache) // want `the assignment to d copies Cache`
	d.Set("")
	switch d := x.(type) {
	case Cache: // want `the case variable d copies Cache`
		d.Set("")
	case *Cache:
		d.Set("")
	}
	return *c // want `the return copies Cache`
}

type other Cache

func convertBad(c *Cache) {
	d := other(*c) // want `the conversion to other copies Cache`
	d.m = nil
}

func appendBad(list []Cache, c *Cache) []Cache {
	list = append(list, *c)      // want `the append copies Cache`
	list = append(list, list...) // want `append copies Cache in each element of list`
	copy(list, list[1:])         // want `copy copies Cache in each element of list\[1:\]`
	list = append(list, Cache{})
	return slices.Clone(list) // want `slices.Clone copies Cache in each element of list`
}

// What is new is copied before anybody has it, and what there was moves with the slice.
func growOk(list []Cache, n int) []Cache {
	list = append(list, make([]Cache, n)...)
	copy(list, make([]Cache, n))
	return list
}

// The same, by way of a variable that is not used again: not known.
func FP_grow(list []Cache, n int) []Cache {
	more := make([]Cache, n)
	return append(list, more...) // want `append copies Cache in each element of more`
}

func elementsBad(byName map[string]Cache) map[string]Cache {
	c := byName["a"] // want `the assignment to c copies Cache`
	c.Set("")
	byName["b"] = c               // want `the assignment to byName\["b"\] copies Cache`
	if d, ok := byName["c"]; ok { // want `the assignment to d copies Cache`
		d.Set("")
	}
	return maps.Clone(byName) // want `maps.Clone copies Cache in each element of byName`
}

func elementsOk(byName map[string]*Cache) map[string]*Cache {
	byName["b"] = byName["a"]
	return maps.Clone(byName)
}

func closureBad(c *Cache) func() {
	mine := *c // want `the assignment to mine copies Cache`
	return func() { mine.Set("") }
}

func closureOk(c *Cache) func() {
	mine := c
	return func() { mine.Set("") }
}

func methodValueBad(c *Cache) func(string) int {
	f := c.GetBad // want `the method value c.GetBad copies Cache: its receiver is a value`
	return f
}

func methodValueOk(c *Cache) func(string) int {
	c.GetBad("") // the method is reported, not each call
	return c.GetOk
}

func loopBad(n int) {
	for i, c := 0, (Cache{}); i < n; i++ { // want `each iteration copies Cache into its own c`
		c.Set("")
	}
}

func resultsBad(c *Cache) (d Cache, err error) {
	d = *c // want `the assignment to d copies Cache`
	return
}
