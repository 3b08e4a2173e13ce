// Package locks goes through the kinds of lock and the places where a lock can stand.
package locks

import (
	"sync"
	"sync/atomic"
)

type Cache struct {
	mu    sync.Mutex
	items map[string]int
}

func (c *Cache) Put(k string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.items[k] = 1
}

func (c *Cache) Drop(k string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.items, k)
}

// A Mutex field.
func (c *Cache) GetBad(k string) int {
	return c.items[k] // want `map Cache.items is read without Cache.mu, held at 3 of its 3 other accesses`
}

func (c *Cache) GetOk(k string) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.items[k]
}

type Directory struct {
	mu    sync.RWMutex
	users map[string]int
}

func (d *Directory) Put(k string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.users[k] = 1
}

func (d *Directory) Drop(k string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	delete(d.users, k)
}

// An RWMutex field; a read lock is enough to read.
func (d *Directory) GetBad(k string) int {
	return d.users[k] // want `map Directory.users is read without Directory.mu`
}

func (d *Directory) GetOk(k string) int {
	d.mu.RLock()
	defer d.mu.RUnlock()
	return d.users[k]
}

// Released before the read.
func (d *Directory) LenBad() int {
	d.mu.RLock()
	d.mu.RUnlock()
	return len(d.users) // want `map Directory.users is measured without Directory.mu`
}

type Board struct {
	l     sync.Locker
	cards map[string]int
}

func NewBoard() *Board {
	return &Board{l: new(sync.Mutex), cards: map[string]int{}}
}

func (b *Board) Put(k string) {
	b.l.Lock()
	defer b.l.Unlock()
	b.cards[k] = 1
}

func (b *Board) Drop(k string) {
	b.l.Lock()
	defer b.l.Unlock()
	delete(b.cards, k)
}

// A sync.Locker field.
func (b *Board) GetBad(k string) int {
	return b.cards[k] // want `map Board.cards is read without Board.l`
}

func (b *Board) GetOk(k string) int {
	b.l.Lock()
	defer b.l.Unlock()
	return b.cards[k]
}

type spin struct{ state atomic.Bool }

func (s *spin) Lock() {
	for !s.state.CompareAndSwap(false, true) {
	}
}

func (s *spin) Unlock() { s.state.Store(false) }

type Gate struct {
	busy   spin
	passes map[string]int
}

func (g *Gate) Put(k string) {
	g.busy.Lock()
	defer g.busy.Unlock()
	g.passes[k] = 1
}

func (g *Gate) Drop(k string) {
	g.busy.Lock()
	defer g.busy.Unlock()
	delete(g.passes, k)
}

// A type of one's own with Lock and Unlock.
func (g *Gate) GetBad(k string) int {
	return g.passes[k] // want `map Gate.passes is read without Gate.busy`
}

func (g *Gate) GetOk(k string) int {
	g.busy.Lock()
	defer g.busy.Unlock()
	return g.passes[k]
}

type traced struct {
	mu    sync.Mutex
	taken int
}

func (t *traced) Lock() {
	t.mu.Lock()
	t.taken++
}

func (t *traced) Unlock() { t.mu.Unlock() }

type Vault struct {
	door traced
	bars map[string]int
}

func (v *Vault) Put(k string) {
	v.door.Lock()
	defer v.door.Unlock()
	v.bars[k] = 1
}

func (v *Vault) Drop(k string) {
	v.door.Lock()
	defer v.door.Unlock()
	delete(v.bars, k)
}

// A type of one's own around a Mutex: the lock has the name of the outer or of the inner one.
func (v *Vault) GetBad(k string) int {
	return v.bars[k] // want `map Vault.bars is read without (Vault.door|traced.mu)`
}

func (v *Vault) GetOk(k string) int {
	v.door.Lock()
	defer v.door.Unlock()
	return v.bars[k]
}

type Fleet struct {
	sync.Mutex
	trucks map[string]int
}

func (f *Fleet) Put(k string) {
	f.Lock()
	defer f.Unlock()
	f.trucks[k] = 1
}

func (f *Fleet) Drop(k string) {
	f.Mutex.Lock()
	defer f.Mutex.Unlock()
	delete(f.trucks, k)
}

// An embedded lock, with and without its name.
func (f *Fleet) GetBad(k string) int {
	return f.trucks[k] // want `map Fleet.trucks is read without Fleet.Mutex`
}

func (f *Fleet) GetOk(k string) int {
	f.Lock()
	defer f.Unlock()
	return f.trucks[k]
}

type Harbour struct {
	*sync.RWMutex
	ships map[string]int
}

func NewHarbour() *Harbour {
	return &Harbour{RWMutex: new(sync.RWMutex), ships: map[string]int{}}
}

func (h *Harbour) Put(k string) {
	h.Lock()
	defer h.Unlock()
	h.ships[k] = 1
}

func (h *Harbour) Drop(k string) {
	h.Lock()
	defer h.Unlock()
	delete(h.ships, k)
}

// Embedded as a pointer.
func (h *Harbour) GetBad(k string) int {
	return h.ships[k] // want `map Harbour.ships is read without Harbour.RWMutex`
}

func (h *Harbour) GetOk(k string) int {
	h.RLock()
	defer h.RUnlock()
	return h.ships[k]
}

type Desk struct {
	mu      *sync.Mutex
	tickets map[string]int
}

func NewDesk() *Desk {
	return &Desk{mu: &sync.Mutex{}, tickets: map[string]int{}}
}

func (d *Desk) Put(k string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.tickets[k] = 1
}

func (d *Desk) Drop(k string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	delete(d.tickets, k)
}

// A pointer field, made by the constructor.
func (d *Desk) GetBad(k string) int {
	return d.tickets[k] // want `map Desk.tickets is read without Desk.mu`
}

func (d *Desk) GetOk(k string) int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.tickets[k]
}

type Hub struct {
	mu    sync.Mutex
	stats struct {
		byTopic map[string]int
	}
}

func (h *Hub) Put(k string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.stats.byTopic[k] = 1
}

func (h *Hub) Drop(k string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.stats.byTopic, k)
}

// The lock of the enclosing struct, around an unnamed one.
func (h *Hub) GetBad(k string) int {
	return h.stats.byTopic[k] // want `byTopic is read without Hub.mu`
}

func (h *Hub) GetOk(k string) int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.stats.byTopic[k]
}

type shelf struct {
	books map[string]int
}

type Library struct {
	mu    sync.Mutex
	shelf *shelf
}

func (l *Library) Put(k string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.shelf.books[k] = 1
}

func (l *Library) Drop(k string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.shelf.books, k)
}

// The lock of the enclosing struct, around a named one.
func (l *Library) GetBad(k string) int {
	return l.shelf.books[k] // want `map shelf.books is read without Library.mu`
}

func (l *Library) GetOk(k string) int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.shelf.books[k]
}

type Store struct {
	guarded struct {
		sync.Mutex
		rows map[string]int
	}
}

func (s *Store) Put(k string) {
	s.guarded.Lock()
	defer s.guarded.Unlock()
	s.guarded.rows[k] = 1
}

func (s *Store) Drop(k string) {
	s.guarded.Lock()
	defer s.guarded.Unlock()
	delete(s.guarded.rows, k)
}

// Lock and map together in an unnamed struct.
func (s *Store) GetBad(k string) int {
	return s.guarded.rows[k] // want `rows is read without .*Mutex`
}

func (s *Store) GetOk(k string) int {
	s.guarded.Lock()
	defer s.guarded.Unlock()
	return s.guarded.rows[k]
}

var deviceMu sync.Mutex

type Device struct {
	regs map[string]int
}

func (d *Device) Put(k string) {
	deviceMu.Lock()
	defer deviceMu.Unlock()
	d.regs[k] = 1
}

func (d *Device) Drop(k string) {
	deviceMu.Lock()
	defer deviceMu.Unlock()
	delete(d.regs, k)
}

// A package variable guards all devices.
func (d *Device) GetBad(k string) int {
	return d.regs[k] // want `map Device.regs is read without deviceMu`
}

func (d *Device) GetOk(k string) int {
	deviceMu.Lock()
	defer deviceMu.Unlock()
	return d.regs[k]
}

var registry = struct {
	sync.RWMutex
	plugins map[string]int
}{plugins: map[string]int{}}

func Register(k string) {
	registry.Lock()
	defer registry.Unlock()
	registry.plugins[k] = 1
}

func Unregister(k string) {
	registry.Lock()
	defer registry.Unlock()
	delete(registry.plugins, k)
}

// Lock and map together in a package variable.
func PluginBad(k string) int {
	return registry.plugins[k] // want `map registry.plugins is read without registry.RWMutex`
}

func PluginOk(k string) int {
	registry.RLock()
	defer registry.RUnlock()
	return registry.plugins[k]
}

// A captured local lock that only one side takes.
func capturedBad() {
	var mu sync.Mutex
	tally := map[string]int{}
	go func() {
		mu.Lock()
		defer mu.Unlock()
		tally["a"] = 1 // want `map tally is written here and read at`
	}()
	_ = tally["b"]
}

func capturedOk() int {
	var mu sync.Mutex
	tally := map[string]int{}
	go func() {
		mu.Lock()
		defer mu.Unlock()
		tally["a"] = 1
	}()
	mu.Lock()
	defer mu.Unlock()
	return tally["b"]
}

// Two captured locks, one for each side.
func twoBad() {
	var left, right sync.Mutex
	tally := map[string]int{}
	go func() {
		left.Lock()
		defer left.Unlock()
		tally["a"] = 1 // want `map tally is written here and read at`
	}()
	right.Lock()
	defer right.Unlock()
	_ = tally["b"]
}

// Read locks keep a reader from the writer, and that is enough.
func sharedOk() int {
	var mu sync.RWMutex
	tally := map[string]int{}
	go func() {
		mu.Lock()
		defer mu.Unlock()
		tally["a"] = 1
	}()
	mu.RLock()
	defer mu.RUnlock()
	return tally["b"]
}

// The lock comes as a parameter.
func work(mu sync.Locker, out map[string]int) {
	mu.Lock()
	defer mu.Unlock()
	out["a"]++
}

func parameterOk(n int) {
	var mu sync.Mutex
	out := map[string]int{}
	for range n {
		go work(&mu, out)
	}
}

// work with a lock for each goroutine: they have none in common.
func workAlone(mu sync.Locker, out map[string]int) {
	mu.Lock()
	defer mu.Unlock()
	out["a"] = 1 // want `map out is written here by several goroutines at once`
}

func parameterBad(n int) {
	out := map[string]int{}
	for range n {
		go workAlone(new(sync.Mutex), out)
	}
}

type Stripes struct {
	mus   [16]sync.Mutex
	parts [16]map[string]int
}

// One lock for each part, chosen by the same index.
func (s *Stripes) PutOk(i int, k string) {
	s.mus[i].Lock()
	defer s.mus[i].Unlock()
	s.parts[i][k] = 1
}

func (s *Stripes) GetOk(i int, k string) int {
	s.mus[i].Lock()
	defer s.mus[i].Unlock()
	return s.parts[i][k]
}

func (s *Stripes) DropOk(i int, k string) {
	s.mus[i].Lock()
	defer s.mus[i].Unlock()
	delete(s.parts[i], k)
}

func (s *Stripes) LenBad(i int) int {
	return len(s.parts[i]) // want `map Stripes.parts.* is measured without Stripes.mus`
}
