// Package locations is about where the map hangs: a variable, a field however deep, an element, a capture, a parameter.
package locations

import "sync"

var visits = map[string]int{}

// A package variable is shared by the goroutine and its starter.
func VisitBad() {
	go func() {
		visits["a"] = 1 // want `map visits is written here and read at locations.go:\d+ with no lock in common`
	}()
	_ = visits["b"]
}

var routes = map[string]int{"a": 1}

func init() { routes["b"] = 2 }

// Nobody writes after the package was initialised.
func RouteOk() int {
	go func() {
		_ = routes["a"]
	}()
	return routes["b"]
}

var (
	quotaMu sync.Mutex
	quotas  = map[string]int{}
)

func SetQuota(user string, n int) {
	quotaMu.Lock()
	defer quotaMu.Unlock()
	quotas[user] = n
}

func DropQuota(user string) {
	quotaMu.Lock()
	defer quotaMu.Unlock()
	delete(quotas, user)
}

// The lock beside the package variable says that the functions are called concurrently.
func QuotaBad(user string) int {
	return quotas[user] // want `map quotas is read without quotaMu, held at 3 of its 3 other accesses`
}

func QuotaOk(user string) int {
	quotaMu.Lock()
	defer quotaMu.Unlock()
	return quotas[user]
}

type Meter struct {
	totals struct {
		byHour map[int]int
		byDay  map[int]int
	}
}

// A field of an unnamed struct inside the struct.
func (m *Meter) RunBad() {
	go func() {
		m.totals.byHour[1] = 1 // want `byHour is written here and read at`
	}()
	_ = m.totals.byHour[2]
}

// The neighbouring field is another map.
func MeterOk() {
	var m Meter
	m.totals.byDay, m.totals.byHour = map[int]int{}, map[int]int{}
	go func() {
		m.totals.byDay[1] = 1
	}()
	_ = m.totals.byHour[2]
}

type labels struct {
	tags map[string]bool
}

type Article struct {
	labels
	title string
}

// A promoted field is one memory under both of its names.
func (a *Article) TagBad() {
	go func() {
		a.tags["new"] = true // want `map labels.tags is written here and read at`
	}()
	_ = a.labels.tags["old"]
}

// Read before, not beside, in an article that nobody else has.
func ArticleOk() bool {
	p := &Article{labels: labels{tags: map[string]bool{}}}
	old := p.labels.tags["old"]
	go func() {
		p.tags["new"] = true
	}()
	return old
}

type stock struct {
	bins map[string]int
}

type shelf struct {
	stock *stock
}

type Depot struct {
	shelf *shelf
}

// Two pointers on the way; the map is the same.
func (d *Depot) PickBad() {
	go func() {
		delete(d.shelf.stock.bins, "a") // want `map stock.bins is deleted from here and measured at`
	}()
	_ = len(d.shelf.stock.bins)
}

// The starter reads the pointers, not the map.
func DepotOk() bool {
	d := &Depot{shelf: &shelf{stock: &stock{bins: map[string]int{}}}}
	go func() {
		delete(d.shelf.stock.bins, "a")
	}()
	return d.shelf.stock != nil
}

// A pointer to the map.
func PointerBad(hits *map[string]int) {
	go func() {
		(*hits)["a"] = 1 // want `is written here and read at`
	}()
	_ = (*hits)["b"]
}

// The goroutine gets a map of its own.
func PointerOk(hits *map[string]int) int {
	mine := map[string]int{}
	go func() {
		p := &mine
		(*p)["a"] = 1
	}()
	return (*hits)["b"]
}

type shard struct {
	keys map[string]int
}

type Table struct {
	shards []shard
}

// All goroutines write the map of the first shard.
func (t *Table) WarmBad() {
	for range t.shards {
		go func() {
			t.shards[0].keys["x"] = 1 // want `map shard.keys is written here by several goroutines at once with no lock`
		}()
	}
}

type part struct {
	keys map[string]int
}

type index struct {
	parts []part
}

// Each goroutine has a part, and its map, for itself.
func IndexOk(n int) {
	x := &index{parts: make([]part, n)}
	for i := range x.parts {
		x.parts[i].keys = map[string]int{}
		go func() {
			x.parts[i].keys["x"] = 1
		}()
	}
}

type room struct {
	members map[string]bool
}

type Hall struct {
	rooms map[string]*room
}

// The element of the outer map is a struct with a map; the outer map is only read.
func (h *Hall) JoinBad(id string) {
	r := h.rooms[id]
	go func() {
		r.members["guest"] = true // want `map room.members is written here and measured at`
	}()
	_ = len(r.members)
}

// The goroutine writes in a room, the starter looks at the map of rooms.
func HallOk(id string) int {
	h := &Hall{rooms: map[string]*room{}}
	r := &room{members: map[string]bool{}}
	h.rooms[id] = r
	go func() {
		r.members["guest"] = true
	}()
	return len(h.rooms)
}

// A captured local.
func captureBad() {
	seen := map[string]bool{}
	go func() {
		seen["a"] = true // want `map seen is written here and iterated at`
	}()
	for range seen {
	}
}

// Nobody looks at the local again.
func captureOk() {
	seen := map[string]bool{"b": true}
	go func() {
		seen["a"] = true
	}()
}

func fill(out map[string]int) {
	out["a"] = 1 // want `map out is written here and read at`
}

// The goroutine has the map as a parameter.
func parameterBad() int {
	out := map[string]int{}
	go fill(out)
	return out["b"]
}

func refill(out map[string]int) {
	out["a"] = 1
}

// It is another map than the one read.
func parameterOk() int {
	out := map[string]int{}
	go refill(map[string]int{})
	return out["b"]
}

type Board struct {
	grid map[string]map[string]int
}

// The inner map, found anew each time by the same key.
func (b *Board) PlayBad() {
	go func() {
		b.grid["a"]["x"] = 1 // want `map Board.grid.* is written here and read at`
	}()
	_ = b.grid["a"]["y"]
}

// The goroutine writes an inner map, the starter reads the outer one only.
func BoardOk() int {
	b := &Board{grid: map[string]map[string]int{"a": {}}}
	go func() {
		b.grid["a"]["x"] = 1
	}()
	return len(b.grid)
}

// One goroutine for each inner map; all of them only read the outer one.
func innerOk(names []string) {
	grid := map[string]map[string]int{}
	for _, name := range names {
		grid[name] = map[string]int{}
	}
	for _, row := range grid {
		go func() {
			row["x"] = 1
		}()
	}
}

type set map[string]bool

func (s set) add(k string) {
	s[k] = true // want `is written here and written at`
}

// A method of a map type writes the map.
func namedBad() {
	s := set{}
	go s.add("a")
	s.add("b")
}

type bag map[string]int

func (b bag) add(k string) {
	b[k]++
}

// Two bags.
func namedOk() {
	one, two := bag{}, bag{}
	go one.add("a")
	two.add("b")
}

type Pool[K comparable, V any] struct {
	mu    sync.Mutex
	items map[K]V
}

func (p *Pool[K, V]) Put(k K, v V) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.items[k] = v
}

func (p *Pool[K, V]) Drop(k K) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.items, k)
}

// A field of a generic type.
func (p *Pool[K, V]) GetBad(k K) V {
	return p.items[k] // want `map Pool.items is read without Pool.mu, held at 3 of its 3 other accesses`
}

func (p *Pool[K, V]) GetOk(k K) V {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.items[k]
}

type slot[T any] struct {
	items map[string]T
}

// An instance of a generic type, with a goroutine.
func GenericBad() {
	s := &slot[int]{items: map[string]int{}}
	go func() {
		s.items["a"] = 1 // want `map slot.items is written here and read at`
	}()
	_ = s.items["b"]
}

// Written before the goroutine starts.
func GenericOk() {
	s := &slot[int]{items: map[string]int{}}
	s.items["b"] = 1
	go func() {
		s.items["a"] = 1
	}()
}
