// Package silent holds copies that are none.
package silent

import (
	"encoding/json"
	"maps"
	"sync"
	"unsafe"
)

type Cache struct {
	mu   sync.Mutex
	m    map[string]int
	name string
}

func (c *Cache) Set(k string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.m[k]++
}

func NewCache() Cache { return Cache{m: map[string]int{}} }

func newPtr() *Cache { return &Cache{m: map[string]int{}} }

// Values that nobody has used (golang/go#16227).
func freshOk(c *Cache) {
	a := Cache{}
	a = NewCache()
	a.Set("")
	*c = *newPtr()
	*c = *&Cache{name: "x"}
	list := []Cache{NewCache(), {name: "y"}}
	list[0].Set("")
	var zero Cache
	zero.Set("")
}

func blankOk(c *Cache) { _ = *c }

func zeroBad() {
	var zero Cache
	other := zero // want `the assignment to other copies Cache`
	other.Set("")
}

// The copy made before the first publication: the value is filled in here, handed on, and not used again.
func buildOk(name string) Cache {
	c := Cache{m: map[string]int{}}
	c.name = name
	c.m["a"] = 1
	return c
}

func buildVarOk(name string) Cache {
	var c Cache
	c.name = name
	return c
}

func buildNamedOk(name string) (c Cache, err error) {
	c.name = name
	if name == "" {
		return c, nil
	}
	c.m = map[string]int{}
	return c, err
}

func sameResultOk(name string) (c Cache) {
	defer func() { c.name = name }()
	p := &c
	p.Set(name)
	return c
}

func decodeOk(data []byte) (Cache, error) {
	var c Cache
	if err := json.Unmarshal(data, &c); err != nil {
		return c, err
	}
	return c, nil
}

func buildPtrOk() Cache {
	c := &Cache{}
	c.name = "x"
	return *c
}

func collectOk(names []string) (list []Cache) {
	for _, name := range names {
		c := NewCache()
		c.name = name
		list = append(list, c)
	}
	return list
}

func sendOk(ch chan Cache) {
	c := NewCache()
	c.name = "x"
	ch <- c
}

// It is not before the publication where somebody has the address, where the lock was used, or where it is kept.
func keptBad() (Cache, *Cache) {
	c := NewCache()
	d := c // want `the assignment to d copies Cache`
	c.Set("")
	return d, &c // want `the return copies Cache`
}

func goneBad() Cache {
	c := NewCache()
	p := &c
	go p.Set("")
	return c // want `the return copies Cache`
}

func capturedBad() Cache {
	c := NewCache()
	go func() { c.Set("") }()
	return c // want `the return copies Cache`
}

func goBad() Cache {
	c := NewCache()
	go c.Set("")
	return c // want `the return copies Cache`
}

func lockedBad() Cache {
	c := NewCache()
	c.mu.Lock()
	c.name = "x"
	return c // want `the return copies Cache`
}

func againBad(n int) (list []Cache) {
	c := NewCache()
	c.name = "x"
	for range n {
		list = append(list, c) // want `the append copies Cache`
	}
	return list
}

func borrowedBad(c *Cache) Cache {
	d := c
	d.name = "x"
	return *d // want `the return copies Cache`
}

// Operations that look at the type only, or at nothing (golang/go#18374).
func sizesOk() int {
	var locks [5]sync.Mutex
	var c Cache
	return len(locks) + cap(locks) + int(unsafe.Sizeof(c)) + int(unsafe.Offsetof(c.mu)) + int(unsafe.Alignof(c.m))
}

func pointersOk(c *Cache) *Cache {
	d := c
	e := &*d
	return e
}

func typesOk() any { return new(Cache) }

// A copy whose maps are all cloned.
func cloneOk(c *Cache) *Cache {
	d := *c
	d.m = maps.Clone(c.m)
	return &d
}

func cloneByHandOk(c *Cache) *Cache {
	d := new(Cache)
	*d = *c
	if c.m != nil {
		d.m = make(map[string]int, len(c.m))
		for k, v := range c.m {
			d.m[k] = v
		}
	}
	return d
}

func notClonedBad(c *Cache) *Cache {
	d := *c // want `the assignment to d copies Cache`
	d.m = c.m
	return &d
}

type twoMaps struct {
	mu   sync.Mutex
	a, b map[string]int
}

func halfBad(t *twoMaps) *twoMaps {
	u := *t // want `the assignment to u copies twoMaps`
	u.a = maps.Clone(t.a)
	return &u
}

type counter struct {
	mu sync.Mutex
	n  int
}

// The lock is new (golang/go#20261).
func resetOk(c *counter) *counter {
	d := *c
	d.mu = sync.Mutex{}
	d.n = 0
	return &d
}

// An embedded part that is cloned as a whole.
type outer struct {
	twoMaps
	name string
}

func wholeOk(o *outer) *outer {
	p := *o
	p.twoMaps = twoMaps{a: maps.Clone(o.a), b: maps.Clone(o.b)}
	return &p
}

func promotedOk(o *outer) *outer {
	p := *o
	p.a, p.b = maps.Clone(o.a), maps.Clone(o.b)
	return &p
}

// A constructor that copies what it is making, before anybody has it. Its lock was never used, and the two share nothing that it could guard.
type remote struct {
	root  string
	token string
	mu    sync.Mutex
	conn  *Cache
}

func (r *remote) login() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.token = r.root
	return r.token != ""
}

func splitOk(root string, conn *Cache) (r, parent *remote) {
	r = &remote{root: root, conn: conn}
	made := &remote{root: root, conn: conn}
	if !made.login() {
		return r, nil
	}
	up := *made
	up.root = ""
	if up.login() {
		made.root = up.root
	}
	return made, &up
}

func splitLockedBad(root string) (*remote, *remote) {
	r := &remote{root: root}
	r.mu.Lock()
	up := *r // want `the assignment to up copies remote`
	r.mu.Unlock()
	return r, &up
}

func splitStartedBad(root string) *remote {
	r := &remote{root: root}
	go r.login()
	up := *r // want `the assignment to up copies remote`
	return &up
}

func splitAgainBad(root string, n int) (all []*remote) {
	r := &remote{root: root}
	for range n {
		up := *r // want `the assignment to up copies remote`
		up.login()
		all = append(all, r, &up)
	}
	return all
}

// What the two share, each locks for itself.
type queue struct {
	mu   sync.Mutex
	jobs []int
}

func splitSharedBad() (*queue, *queue) {
	q := &queue{jobs: make([]int, 8)}
	half := *q // want `the assignment to half copies queue`
	return q, &half
}

func splitMapBad() (*Cache, *Cache) {
	c := &Cache{m: map[string]int{}}
	half := *c // want `the assignment to half copies Cache`
	return c, &half
}
