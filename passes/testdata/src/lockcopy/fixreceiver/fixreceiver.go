// Package fixreceiver has value receivers that become pointers, and some that can't.
package fixreceiver

import (
	"fmt"
	"sync"
)

type errmap struct {
	sync.Mutex
	m map[string]error
}

func (e errmap) add(name string, err error) { // want `add copies errmap: its receiver is a value`
	e.Lock()
	defer e.Unlock()
	e.m[name] = err
}

func (e errmap) len() int { // want `len copies errmap: its receiver is a value`
	e.Lock()
	defer e.Unlock()
	return len(e.m)
}

func (errmap) kind() string { return "errors" } // want `kind copies errmap: its receiver is a value`

func (e *errmap) reset() {
	e.Lock()
	defer e.Unlock()
	clear(e.m)
}

type run struct{ errs errmap }

func Run(r *run, names []string) int {
	errs := errmap{m: map[string]error{}}
	for _, n := range names {
		errs.add(n, nil)
		r.errs.add(n, nil)
	}
	p := &errs
	p.reset()
	fmt.Println(p.kind(), []errmap{}[0].len())
	return errs.len()
}

type table[K comparable] struct {
	mu sync.Mutex
	m  map[K]int
}

func (t table[K]) get(k K) int { // want `get copies table\[K\]: its receiver is a value`
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.m[k]
}

func Get(t *table[string]) int { return t.get("") }

// No fix: other packages may hold values.
type Exported struct {
	mu sync.Mutex
	m  map[string]int
}

func (e Exported) Get() int { return e.m[""] } // want `Get copies Exported`

// No fix: a value has no address.
type inMap struct {
	mu sync.Mutex
	m  map[string]int
}

func (i inMap) get() int { return i.m[""] } // want `get copies inMap`

func FromMap(byName map[string]inMap) int { return byName["a"].get() }

// No fix: the method gives its receiver away.
type giver struct {
	mu sync.Mutex
	m  map[string]int
}

func (g giver) use() { take(&g) } // want `use copies giver`

func take(*giver) {}

// No fix: an interface holds a value.
type shown struct {
	mu sync.Mutex
	m  map[string]int
}

func (s shown) String() string { return fmt.Sprint(len(s.m)) } // want `String copies shown`

func Show() { fmt.Println(shown{}) }

// No fix: a method is taken as a function.
type taken struct {
	mu sync.Mutex
	m  map[string]int
}

func (t taken) get() int { return t.m[""] } // want `get copies taken`

var get = taken.get

// No fix: what was set in the copy would now be set in the value.
type setter struct {
	mu sync.Mutex
	m  map[string]int
	n  int
}

func (s setter) with(n int) int { // want `with copies setter`
	s.n = n
	return s.m[""] + s.n
}
