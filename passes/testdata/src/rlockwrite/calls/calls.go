// Package calls has the write in another function than the read lock.
package calls

import "sync"

type names map[string]int

func (n names) put(k string) { n[k] = 1 }

type Book struct {
	mu    sync.RWMutex
	names names
}

func (b *Book) Get(k string) int {
	b.mu.RLock()
	defer b.mu.RUnlock()
	return b.names[k]
}

// A method of a named map type.
func (b *Book) NamedBad(k string) {
	b.mu.RLock()
	b.names.put(k) // want `map Book.names is written here with Book.mu only read-locked \(in names.put\)`
	b.mu.RUnlock()
}

func (b *Book) NamedOk(k string) {
	b.mu.Lock()
	b.names.put(k)
	b.mu.Unlock()
}

func (b *Book) one(k string)   { b.two(k) }
func (b *Book) two(k string)   { b.three(k) }
func (b *Book) three(k string) { b.names[k] = 3 }

// Three calls down.
func (b *Book) DeepBad(k string) {
	b.mu.RLock()
	b.one(k) // want `map Book.names is written here with Book.mu only read-locked \(in Book.one -> Book.two -> Book.three\)`
	b.mu.RUnlock()
}

func (b *Book) DeepOk(k string) {
	b.mu.Lock()
	b.one(k)
	b.mu.Unlock()
}

func (b *Book) each(f func(k string)) {
	for k := range b.names {
		f(k)
	}
}

// A closure called under the read lock.
func (b *Book) ClosureBad(k string) {
	set := func() { b.names[k] = 2 } // want `map Book.names is written here with Book.mu only read-locked`
	b.mu.RLock()
	set()
	b.mu.RUnlock()
}

func (b *Book) ClosureOk(k string) {
	set := func() { b.names[k] = 2 }
	b.mu.Lock()
	set()
	b.mu.Unlock()
}

// A callback that a helper runs, called under the read lock.
func (b *Book) CallbackBad() {
	b.mu.RLock()
	defer b.mu.RUnlock()
	b.each(func(k string) {
		delete(b.names, k) // want `map Book.names is deleted from here with Book.mu only read-locked`
	})
}

func (b *Book) CallbackOk() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.each(func(k string) { delete(b.names, k) })
}

func (b *Book) view(f func()) {
	b.mu.RLock()
	defer b.mu.RUnlock()
	f()
}

// A callback that a helper runs under the read lock that it takes.
func (b *Book) ViewBad(k string) {
	b.view(func() { b.names[k] = 4 }) // want `map Book.names is written here with Book.mu only read-locked.*; no fix: the section calls f, which may take the lock`
}

func (b *Book) ViewOk(k string) (n int) {
	b.view(func() { n = b.names[k] })
	return n
}

func (b *Book) rlock()   { b.mu.RLock() }
func (b *Book) runlock() { b.mu.RUnlock() }

// The lock is taken by a helper.
func (b *Book) HelperBad(k string) {
	b.rlock()
	defer b.runlock()
	b.names[k] = 1 // want `map Book.names is written here with Book.mu only read-locked.*; no fix: the lock is taken in another function`
}

type lru struct {
	byKey map[string]int
	order []string
}

func (l *lru) get(k string) int {
	l.order = append(l.order, k)
	return l.byKey[k]
}

func (l *lru) put(k string) {
	if len(l.byKey) > 9 {
		delete(l.byKey, l.order[0])
	}
	l.byKey[k] = 1
}

func (l *lru) drop(k string) { delete(l.byKey, k) }

type ttl struct{ lru lru }

func (t *ttl) Get(k string) int { return t.lru.get(k) }
func (t *ttl) Put(k string)     { t.lru.put(k) }
func (t *ttl) Drop(k string)    { t.lru.drop(k) }

type Cache struct {
	mu  sync.RWMutex
	ttl *ttl
}

func (c *Cache) Get(k string) int {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.ttl.Get(k)
}

func (c *Cache) Put(k string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.ttl.Put(k)
}

// Two types below the lock.
func (c *Cache) DropBad(k string) {
	c.mu.RLock()
	c.ttl.Drop(k) // want `map lru.byKey is deleted from here with Cache.mu only read-locked \(in ttl.Drop -> lru.drop\)`
	c.mu.RUnlock()
}

func (c *Cache) DropOk(k string) {
	c.mu.Lock()
	c.ttl.Drop(k)
	c.mu.Unlock()
}

// In one section of two, the other is right.
func (c *Cache) SecondBad(k string) int {
	c.mu.RLock()
	n := c.ttl.Get(k)
	c.mu.RUnlock()
	if n > 0 {
		return n
	}
	c.mu.RLock()
	c.ttl.Put(k) // want `map lru.byKey is (written|deleted from) here with Cache.mu only read-locked`
	c.mu.RUnlock()
	return 0
}

type Set[K comparable] struct {
	mu  sync.RWMutex
	all map[K]bool
}

func (s *Set[K]) Has(k K) bool {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.all[k]
}

// In a generic type.
func (s *Set[K]) AddBad(k K) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	s.all[k] = true // want `map Set.all is written here with Set.mu only read-locked`
}

func (s *Set[K]) AddOk(k K) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.all[k] = true
}

func (b *Book) find(k string, create bool) int {
	if create {
		b.names[k] = 1
	}
	return b.names[k]
}

// The helper is asked to insert.
func (b *Book) CreateBad(k string) int {
	b.mu.RLock()
	defer b.mu.RUnlock()
	return b.find(k, true) // want `map Book.names is written here with Book.mu only read-locked`
}
