package most

import "sync"

// Shelf has a lock that has nothing but the map to guard: half of all places are enough to tell.
type Shelf struct {
	mu    sync.RWMutex
	books map[string]int
	limit int
}

func NewShelf(limit int) *Shelf { return &Shelf{books: map[string]int{}, limit: limit} }

func (s *Shelf) Put(k string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.books) < s.limit {
		s.books[k]++
	}
}

func (s *Shelf) Of(k string) int {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.books[k]
}

func (s *Shelf) ClearBad() {
	for k := range s.books { // want `map Shelf.books is iterated without Shelf.mu, held at 3 of its 5 other accesses`
		delete(s.books, k) // want `map Shelf.books is deleted from without Shelf.mu`
	}
}

func (s *Shelf) HasBad(k string) bool {
	_, ok := s.books[k] // want `map Shelf.books is read without Shelf.mu, held at 3 of its 5 other accesses`
	return ok
}

// Stock is filled before it is used, by whoever makes it.
type Stock struct {
	mu    sync.Mutex
	items map[string]int
}

func (s *Stock) FillOk(k string, n int) { s.items[k] = n }

func (s *Stock) Take(k string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.items, k)
}

// Pair has two maps: the lock may be for the other one.
type Pair struct {
	mu    sync.Mutex
	left  map[string]int
	right map[string]int
}

func (p *Pair) Put(k string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.left[k]++
	p.right[k]++
}

func (p *Pair) DropOk(k string) { delete(p.left, k) }

func (p *Pair) HasOk(k string) bool { return p.left[k] > 0 }

// Gauge has something else that changes, too.
type Gauge struct {
	mu    sync.Mutex
	seen  map[string]int
	total int
}

func (g *Gauge) Add(k string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.total++
	g.seen[k]++
}

func (g *Gauge) ForgetOk(k string) { delete(g.seen, k) }

func (g *Gauge) OfOk(k string) int { return g.seen[k] }

// What orders its users by itself needs no lock, so that the lock is the map's alone.
type stock struct {
	mu   sync.Mutex
	some *sync.Cond
	stop chan struct{}
	m    map[int]string
}

func newStock() *stock {
	s := &stock{m: map[int]string{}, stop: make(chan struct{})}
	s.some = sync.NewCond(&s.mu)
	return s
}

func (s *stock) PutOk(i int, v string) {
	s.mu.Lock()
	s.m[i] = v
	s.mu.Unlock()
	s.some.Signal()
}

func (s *stock) Take(i int) string {
	s.mu.Lock()
	for len(s.m) == 0 {
		s.some.Wait()
	}
	s.mu.Unlock()
	v := s.m[i]    // want `map stock.m is read without stock.mu, held at 2 of its 3 other accesses`
	delete(s.m, i) // want `map stock.m is deleted from without stock.mu, held at 2 of its 3 other accesses`
	return v
}

// Here a count is what the lock is for.
type dock struct {
	mu   sync.Mutex
	free int
	m    map[int]string
}

func (d *dock) Put(i int, v string) {
	d.mu.Lock()
	d.m[i] = v
	d.free--
	d.mu.Unlock()
}

func (d *dock) Take(i int) string {
	d.mu.Lock()
	n := len(d.m)
	d.mu.Unlock()
	if n == 0 {
		return ""
	}
	v := d.m[i]
	delete(d.m, i)
	return v
}
