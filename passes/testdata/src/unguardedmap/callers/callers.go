// Package callers has helpers without a lock of their own, which are right or wrong by who calls them.
package callers

import "sync"

type Cache struct {
	mu    sync.Mutex
	items map[string]int
}

func (c *Cache) drop(k string) { delete(c.items, k) }

func (c *Cache) ExpireOk(k string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.drop(k)
}

func (c *Cache) PutOk(k string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.drop(k)
	c.items[k] = 1
}

// The one caller without the lock.
func (c *Cache) ForgetBad(k string) {
	c.drop(k) // want `map Cache.items is deleted from without Cache.mu, held at \d of its \d other accesses \(in .*Cache.drop`
}

type Index struct {
	mu    sync.RWMutex
	words map[string]int
}

// The lock is three calls up.
func (x *Index) AddOk(doc []string) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.addAll(doc)
}

func (x *Index) addAll(doc []string) {
	for _, w := range doc {
		x.addWord(w)
	}
}

func (x *Index) addWord(w string) {
	if w != "" {
		x.bump(w, 1)
	}
}

func (x *Index) bump(w string, by int) { x.words[w] += by }

func (x *Index) RemoveOk(w string) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.bump(w, -1)
}

func (x *Index) count(w string) int { return x.words[w] }

// A read lock of the caller is enough for a helper that reads.
func (x *Index) CountOk(w string) int {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return x.count(w)
}

// No lock at the helper that reads.
func (x *Index) CountBad(w string) int {
	return x.count(w) // want `map Index.words is read without Index.mu`
}

type Archive struct {
	mu    sync.Mutex
	boxes map[string]int
}

func (a *Archive) StoreOk(ids []string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.storeAll(ids)
}

func (a *Archive) storeAll(ids []string) {
	for _, id := range ids {
		a.store(id)
	}
}

func (a *Archive) store(id string) { a.boxes[id] = 1 }

func (a *Archive) MoveOk(id string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.store(id)
}

// Two calls above the write; the outermost call is the one that lacks the lock.
func (a *Archive) ImportBad(ids []string) {
	a.storeAll(ids) // want `map Archive.boxes is written without Archive.mu`
}

type Tree struct {
	mu   sync.Mutex
	kids map[string][]string
	seen map[string]bool
}

// The recursion stays under the lock of the first call.
func (t *Tree) walk(k string) {
	if t.seen[k] {
		return
	}
	t.seen[k] = true
	for _, kid := range t.kids[k] {
		t.walk(kid)
	}
}

func (t *Tree) WalkOk(k string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.walk(k)
}

func (t *Tree) ForgetOk(k string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.seen, k)
}

type Maze struct {
	mu   sync.Mutex
	next map[string]string
	seen map[string]bool
}

func (m *Maze) even(k string, n int) {
	m.seen[k] = true
	if n > 0 {
		m.odd(m.next[k], n-1)
	}
}

func (m *Maze) odd(k string, n int) {
	if n > 0 {
		m.even(m.next[k], n-1) // want `map Maze.seen is written without Maze.mu`
	}
}

func (m *Maze) WalkOk(k string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.even(k, 9)
}

func (m *Maze) ForgetOk(k string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.seen, k)
}

// Into the recursion without the lock. The report stands at the next call down, of the function that some callers lock for.
func (m *Maze) RunBad(k string) {
	m.odd(k, 8)
}

type Desk struct {
	mu    sync.Mutex
	calls map[string]int
}

func (d *Desk) end(k string) { delete(d.calls, k) }

func (d *Desk) Take(k string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.calls[k]++
}

// Deferred calls run last in, first out: end still has the lock.
func (d *Desk) EndOk(k string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	defer d.end(k)
}

// Here the unlock runs first.
func (d *Desk) EndBad(k string) {
	d.mu.Lock()
	defer d.end(k) // want `map Desk.calls is deleted from without Desk.mu`
	defer d.mu.Unlock()
}

type Lobby struct {
	mu     sync.Mutex
	guests map[string]int
}

func (l *Lobby) leave(k string) { delete(l.guests, k) }

func (l *Lobby) EnterOk(k string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.guests[k] = 1
}

func (l *Lobby) LeaveOk(k string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.leave(k)
}

// The goroutine does not hold the lock of its starter.
func (l *Lobby) LeaveLaterBad(k string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	go l.leave(k) // want `map Lobby.guests is deleted from without Lobby.mu`
}

// This goroutine takes the lock before it calls the helper.
func (l *Lobby) LeaveLaterOk(k string) {
	go func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		l.leave(k)
	}()
}

type Bank struct {
	mu   sync.Mutex
	sums map[string]int
}

func add(sums map[string]int, k string, n int) { sums[k] += n }

// The helper is a function that knows the map only.
func (b *Bank) MoveOk(from, to string, n int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	add(b.sums, from, -n)
	add(b.sums, to, n)
}

func (b *Bank) PayOk(to string, n int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	add(b.sums, to, n)
}

func (b *Bank) FeeBad(k string) {
	add(b.sums, k, -1) // want `map Bank.sums is (read|written) without Bank.mu`
}

// For a map of the caller's own, the helper needs no lock.
func DraftOk(k string) map[string]int {
	draft := map[string]int{}
	add(draft, k, 1)
	return draft
}

type Office struct {
	mu    sync.Mutex
	rooms map[string]int
}

// The constructor calls the helper before anybody else has the object.
func NewOffice(names []string) *Office {
	o := &Office{rooms: map[string]int{}}
	for _, n := range names {
		o.assign(n)
	}
	return o
}

func (o *Office) assign(n string) { o.rooms[n] = len(o.rooms) }

func (o *Office) AssignOk(n string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.assign(n)
}

func (o *Office) FreeOk(n string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	delete(o.rooms, n)
}
