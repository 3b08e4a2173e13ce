// Package shared has one map under two locks, each whole.
package shared

import (
	"encoding/json"
	"fmt"
	"maps"
	"sync"
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

func New() *Cache { return &Cache{m: map[string]int{}} }

func (c *Cache) WithBad(name string) *Cache {
	return &Cache{name: name, m: c.m} // want `the Cache made here takes the map m from c: each locks its own mu while both write one map`
}

func (c *Cache) WithLockedBad(name string) *Cache {
	c.mu.Lock()
	defer c.mu.Unlock()
	n := New()
	n.m = c.m // want `Cache.m takes the map m from c: each locks its own mu while both write one map`
	n.name = name
	return n
}

func (c *Cache) FieldByFieldBad() *Cache {
	n := &Cache{}
	n.name = c.name
	n.m = c.m // want `the Cache made here takes the map m from c`
	return n
}

func (c *Cache) ThroughVariableBad() *Cache {
	m := c.m
	if m == nil {
		m = map[string]int{}
	}
	return &Cache{m: m} // want `the Cache made here takes the map m from c`
}

func (c *Cache) LazyBad() *Cache {
	if c.m == nil {
		c.m = map[string]int{}
	}
	return &Cache{m: c.m} // want `the Cache made here takes the map m from c`
}

func (c *Cache) ValueBad() Cache {
	return Cache{m: c.m} // want `the Cache made here takes the map m from c`
}

type pool struct{ first, second *Cache }

func betweenBad(a, b *Cache) {
	a.m = b.m // want `Cache.m takes the map m from b`
}

func (p *pool) BetweenBad() {
	betweenBad(p.first, p.second)
	p.second.m = p.first.m // want `Cache.m takes the map m from another Cache`
}

// The object takes over the map of one that was made for this.
func (c *Cache) adoptOk(from *Cache) { c.m = from.m }

func (c *Cache) ReloadOk(data []byte) error {
	n := New()
	if err := json.Unmarshal(data, n); err != nil {
		return err
	}
	fmt.Println(n)
	c.adoptOk(n)
	return nil
}

func (c *Cache) UnmarshalOk(data []byte) error {
	var n Cache
	err := json.Unmarshal(data, &n)
	c.m = n.m
	return err
}

func (p *pool) SwapOk() { p.first.m, p.second.m = p.second.m, p.first.m }

func (c *Cache) WithOk(name string) *Cache {
	c.mu.Lock()
	defer c.mu.Unlock()
	return &Cache{name: name, m: maps.Clone(c.m)}
}

func (c *Cache) copyOk() *Cache {
	n := &Cache{m: make(map[string]int, len(c.m))}
	for k, v := range c.m {
		n.m[k] = v
	}
	return n
}

// The map is handed over: c goes on with another.
func (c *Cache) TakeOk() *Cache {
	c.mu.Lock()
	defer c.mu.Unlock()
	old := &Cache{m: c.m}
	c.m = map[string]int{}
	return old
}

// What the map comes from is gone afterwards, or what gets it never leaves.
func (c *Cache) ResetOk() {
	n := New()
	c.mu.Lock()
	c.m = n.m
	c.mu.Unlock()
}

func (c *Cache) ViewOk() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	v := Cache{m: c.m}
	return len(v.m)
}

func (c *Cache) SelfOk() {
	c.mu.Lock()
	defer c.mu.Unlock()
	m := c.m
	m["x"]++
	c.m = m
}

// One map, stored twice.
func TwiceBad() (*Cache, *Cache) {
	m := map[string]int{}
	a := &Cache{m: m}
	b := &Cache{m: m} // want `the Cache made here gets the map that a Cache already has: each locks its own mu while both write one map`
	return a, b
}

func TwiceOk() (*Cache, *Cache) {
	return &Cache{m: map[string]int{}}, &Cache{m: map[string]int{}}
}

func EitherOk(first bool) *Cache {
	m := map[string]int{}
	if first {
		return &Cache{m: m}
	}
	return &Cache{m: m, name: "second"}
}

func LoopBad(n int) (list []*Cache) {
	m := map[string]int{}
	for range n {
		list = append(list, &Cache{m: m}) // want `the Cache made here gets the same map as the one before`
	}
	return list
}

func LoopOk(n int) (list []*Cache) {
	for range n {
		m := map[string]int{}
		list = append(list, &Cache{m: m})
	}
	return list
}

// Through a constructor.
func newCache(m map[string]int) *Cache { return &Cache{m: m} }

func (c *Cache) ConstructorBad() *Cache {
	return newCache(c.m) // want `takes the map m from c`
}

func (c *Cache) ConstructorOk() *Cache { return newCache(maps.Clone(c.m)) }

func ConstructorTwiceBad() (*Cache, *Cache) {
	m := map[string]int{}
	a := newCache(m)
	b := newCache(m) // want `gets the map that a Cache already has`
	return a, b
}

// Two types, two locks.
type Store struct {
	lock sync.Mutex
	data map[string]int
}

func (s *Store) Put(k string) {
	s.lock.Lock()
	defer s.lock.Unlock()
	s.data[k] = 1
}

func (s *Store) CacheBad() *Cache {
	return &Cache{m: s.data} // want `the Cache made here takes the map data from s: one locks Store.lock, the other Cache.mu while both write one map`
}

// A package's map in every object.
var defaults = map[string]int{}

func FromDefaultsBad() *Cache {
	return &Cache{m: defaults} // want `the Cache made here gets the map defaults of the package, as every other one made here does: each locks its own mu`
}

var single = &Cache{m: defaults}

// The lock is shared, too.
type view struct {
	mu *sync.Mutex
	m  map[string]int
}

func (v *view) Set(k string) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.m[k]++
}

func (v *view) WithOk() *view { return &view{mu: v.mu, m: v.m} }

func (v *view) WithBad() *view {
	return &view{mu: new(sync.Mutex), m: v.m} // want `the view made here takes the map m from v`
}

// A copy of the value with another lock: nothing is taken apart, and there is no lock in the value.
func (v *view) FN_With() *view {
	n := *v
	n.mu = new(sync.Mutex)
	return &n
}

// One side only reads what the other writes.
type Reader struct {
	mu   sync.Mutex
	data map[string]int
}

func (r *Reader) Replace(m map[string]int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.data = m
}

func (r *Reader) Get(k string) int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.data[k]
}

func (c *Cache) ReaderBad() *Reader {
	return &Reader{data: c.m} // want `the Reader made here takes the map m from c`
}

// The map is never written in place.
type Frozen struct {
	mu sync.Mutex
	m  map[string]int
}

func (f *Frozen) Replace(m map[string]int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.m = m
}

func (f *Frozen) WithOk() *Frozen { return &Frozen{m: f.m} }

// The lock is there for something else.
type Counter struct {
	mu     sync.Mutex
	n      int
	labels map[string]string
}

func (c *Counter) Inc() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.n++
}

func (c *Counter) WithOk() *Counter { return &Counter{labels: c.labels} }

// The maps lie in a part of the object, which is copied as a whole.
type tables struct{ byName, byID map[string]int }

type Registry struct {
	mu sync.RWMutex
	t  tables
}

func (r *Registry) Add(k string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.t.byName[k] = len(r.t.byID)
}

func (r *Registry) CloneBad() *Registry {
	return &Registry{t: r.t} // want `the Registry made here takes the map byName from r: each locks its own mu while both write one map`
}

func (r *Registry) CloneOk() *Registry {
	return &Registry{t: tables{byName: maps.Clone(r.t.byName), byID: maps.Clone(r.t.byID)}}
}

func (r *Registry) TakeOk() *Registry {
	old := &Registry{t: r.t}
	r.t = tables{byName: map[string]int{}, byID: map[string]int{}}
	return old
}

// What starts a goroutine on a value that is being built is not seen to keep it.
func (c *Cache) start() { go c.Set("") }

func FN_Start() Cache {
	c := Cache{m: map[string]int{}}
	c.start()
	return c
}

// A new set of objects takes over the maps of the old ones. Two new ones may take the same.
type manager struct {
	mu     sync.Mutex
	caches map[string]*Cache
}

func (m *manager) ApplyBad(names map[string]string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	next := map[string]*Cache{}
	for name, old := range names {
		c := New()
		if was, ok := m.caches[old]; ok {
			c.m = was.m // want `Cache.m takes the map m from another Cache`
		}
		next[name] = c
	}
	m.caches = next
}

func (m *manager) ApplyOk(names map[string]string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	next := map[string]*Cache{}
	for name, old := range names {
		c := New()
		if was, ok := m.caches[old]; ok {
			c.m = was.m
			was.m = nil
		}
		next[name] = c
	}
	m.caches = next
}

// Two loads of one captured variable are one object.
type generations struct {
	mu        sync.Mutex
	now, then map[string]int
}

func (g *generations) set(k string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.now[k]++
	g.then[k]++
}

func CapturedOk(g *generations) {
	if g == nil {
		g = &generations{}
	}
	g.then = g.now
	defer func() {
		g.mu.Lock()
		g.then = g.now
		g.now = map[string]int{}
		g.mu.Unlock()
	}()
	g.set("")
}

// The lock is that of what is embedded.
type locked struct{ mu sync.Mutex }

type pane struct {
	locked
	m map[string]int
}

func (p *pane) Set(k string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.m[k]++
}

func (p *pane) FN_Split() *pane { return &pane{m: p.m} }
