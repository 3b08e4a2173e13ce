// Package instances is about which object's lock is held: the map's own, its owner's, or that of something else.
package instances

import (
	"maps"
	"sync"
)

type Vault struct {
	mu    sync.Mutex
	items map[string]int
}

func NewVault() *Vault { return &Vault{items: map[string]int{}} }

func (v *Vault) Put(k string) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.items[k] = 1
}

func (v *Vault) Drop(k string) {
	v.mu.Lock()
	defer v.mu.Unlock()
	delete(v.items, k)
}

// The lock of v guards nothing of from.
func (v *Vault) MergeBad(from *Vault) {
	v.mu.Lock()
	defer v.mu.Unlock()
	for k, n := range from.items { // want `map Vault.items is iterated without Vault.mu`
		v.items[k] = n
	}
}

// One after the other, each its own.
func (v *Vault) MergeOk(from *Vault) {
	from.mu.Lock()
	all := maps.Clone(from.items)
	from.mu.Unlock()
	v.mu.Lock()
	defer v.mu.Unlock()
	for k, n := range all {
		v.items[k] = n
	}
}

// The new object is locked, which nobody else has, and the old one is not.
func (v *Vault) CloneBad() *Vault {
	c := NewVault()
	c.mu.Lock()
	defer c.mu.Unlock()
	for k, n := range v.items { // want `map Vault.items is iterated without Vault.mu`
		c.items[k] = n
	}
	return c
}

// The old object is locked; the new one needs no lock.
func (v *Vault) CloneOk() *Vault {
	c := NewVault()
	v.mu.Lock()
	defer v.mu.Unlock()
	for k, n := range v.items {
		c.items[k] = n
	}
	return c
}

type Account struct {
	id    int
	mu    sync.Mutex
	funds map[string]int
}

// Both locks, in the order of the ids.
func TransferOk(from, to *Account, k string) {
	first, second := from, to
	if first.id > second.id {
		first, second = second, first
	}
	first.mu.Lock()
	defer first.mu.Unlock()
	second.mu.Lock()
	defer second.mu.Unlock()
	from.funds[k]--
	to.funds[k]++
}

func (a *Account) PayOk(k string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.funds[k]++
}

func (a *Account) FreezeOk() {
	a.mu.Lock()
	defer a.mu.Unlock()
	clear(a.funds)
}

type Diary struct {
	pages map[string]int
}

// Each call has a lock of its own.
func (d *Diary) write(k string) {
	var mu sync.Mutex
	mu.Lock()
	defer mu.Unlock()
	d.pages[k] = 1 // want `map Diary.pages is written here by several goroutines at once`
}

func (d *Diary) FillBad(keys []string) {
	for _, k := range keys {
		go d.write(k)
	}
}

type Album struct {
	pages map[string]int
}

func (a *Album) paste(mu *sync.Mutex, k string) {
	mu.Lock()
	defer mu.Unlock()
	a.pages[k] = 1
}

// One lock for all the goroutines of this call, and nobody else writes.
func AlbumOk(keys []string) {
	a := &Album{pages: map[string]int{}}
	var mu sync.Mutex
	for _, k := range keys {
		go a.paste(&mu, k)
	}
}

// A lock made anew in each turn of the loop.
func turnBad(keys []string) {
	out := map[string]int{}
	for _, k := range keys {
		var mu sync.Mutex
		go func() {
			mu.Lock()
			defer mu.Unlock()
			out[k] = 1 // want `map out is written here by several goroutines at once`
		}()
	}
}

func turnOk(keys []string) {
	out := map[string]int{}
	var mu sync.Mutex
	for _, k := range keys {
		go func() {
			mu.Lock()
			defer mu.Unlock()
			out[k] = 1
		}()
	}
}

type Server struct {
	mu    sync.Mutex
	conns []*conn
}

type conn struct {
	srv  *Server
	subs map[string]int
}

// The lock is found through the back pointer.
func (c *conn) sub(k string) {
	c.srv.mu.Lock()
	defer c.srv.mu.Unlock()
	c.subs[k] = 1
}

func (c *conn) unsub(k string) {
	c.srv.mu.Lock()
	defer c.srv.mu.Unlock()
	delete(c.subs, k)
}

// The owner itself holds the same lock.
func (s *Server) DropOk(k string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, c := range s.conns {
		delete(c.subs, k)
	}
}

func (s *Server) ServeOk(k string) {
	for _, c := range s.conns {
		go c.sub(k)
		go c.unsub(k)
	}
}

type Party struct {
	mu sync.Mutex
}

type Guest struct {
	host  *Party
	gifts map[string]int
}

// One side takes the lock of the back pointer, the other none.
func (g *Guest) GreetBad(k string) {
	go func() {
		g.host.mu.Lock()
		defer g.host.mu.Unlock()
		g.gifts[k] = 1 // want `map Guest.gifts is written here and read at`
	}()
	_ = g.gifts["b"]
}

type counts struct {
	byName map[string]int
}

func (c *counts) add(k string)      { c.byName[k] = len(c.byName) }
func (c *counts) remove(k string)   { delete(c.byName, k) }
func (c *counts) get(k string) int  { return c.byName[k] }
func (c *counts) has(k string) bool { _, ok := c.byName[k]; return ok }

type section struct {
	counts *counts
}

type Registry struct {
	mu      sync.RWMutex
	section section
}

func (r *Registry) AddOk(k string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.section.counts.add(k)
}

func (r *Registry) RemoveOk(k string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.section.counts.remove(k)
}

// The owner, two levels up, guards the helper type.
func (r *Registry) GetOk(k string) int {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return r.section.counts.get(k)
}

// Outside of the owner's lock.
func (r *Registry) GetBad(k string) int {
	return r.section.counts.get(k) // want `map counts.byName is read without Registry.mu`
}

// The helper is taken out under the lock and used after it.
func (r *Registry) HasBad(k string) bool {
	r.mu.RLock()
	c := r.section.counts
	r.mu.RUnlock()
	return c.has(k) // want `map counts.byName is read without Registry.mu`
}

func (r *Registry) HasOk(k string) bool {
	r.mu.RLock()
	defer r.mu.RUnlock()
	c := r.section.counts
	return c.has(k)
}

// A helper of one call needs no lock.
func TallyOk(keys []string) int {
	c := &counts{byName: map[string]int{}}
	for _, k := range keys {
		c.add(k)
	}
	return c.get("")
}

type ring struct {
	slots map[int]string
}

type Red struct {
	mu sync.Mutex
	r  ring
}

type Blue struct {
	lock sync.Mutex
	r    ring
}

// Two owners, each with a lock for its own ring.
func (o *Red) PutOk(i int) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.r.slots[i] = "red"
}

func (o *Red) DropOk(i int) {
	o.mu.Lock()
	defer o.mu.Unlock()
	delete(o.r.slots, i)
}

func (o *Blue) PutOk(i int) {
	o.lock.Lock()
	defer o.lock.Unlock()
	o.r.slots[i] = "blue"
}

func (o *Blue) DropOk(i int) {
	o.lock.Lock()
	defer o.lock.Unlock()
	delete(o.r.slots, i)
}

func (o *Red) GetOk(i int) string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.r.slots[i]
}

// notices has no lock: its owner locks.
type Notices struct{ m map[string]int }

func (n *Notices) Put(k string) { n.m[k] = 1 }

func (n *Notices) Drop(k string) { delete(n.m, k) }

type leasesOk struct {
	mu      sync.Mutex
	notices *Notices
}

func newLeasesOk() *leasesOk {
	n := &Notices{m: map[string]int{}}
	l := &leasesOk{notices: n}
	go l.loop()
	return l
}

func (l *leasesOk) loop() {
	for {
		l.mu.Lock()
		l.notices.Drop("a")
		l.mu.Unlock()
	}
}

func LeaseOk(k string) {
	l := newLeasesOk()
	l.mu.Lock()
	defer l.mu.Unlock()
	l.notices.Put(k)
}
