// Package keyedlocks has tables of locks, of which a key chooses one.
package keyedlocks

import "sync"

// Counter has a lock for each key, and one map for all of them.
type Counter struct {
	mu    sync.Mutex
	locks map[string]*sync.Mutex
	seen  map[string]int
	safe  map[string]int
}

func (c *Counter) lock(k string) *sync.Mutex {
	c.mu.Lock()
	defer c.mu.Unlock()
	l := c.locks[k]
	if l == nil {
		l = new(sync.Mutex)
		c.locks[k] = l
	}
	return l
}

func (c *Counter) addBad(k string) {
	l := c.lock(k)
	l.Lock()
	defer l.Unlock()
	c.seen[k]++ // want `map Counter.seen is written here by several goroutines at once with no lock`
}

func (c *Counter) addOk(k string) {
	l := c.lock(k)
	l.Lock()
	defer l.Unlock()
	c.mu.Lock()
	c.safe[k]++
	c.mu.Unlock()
}

func (c *Counter) All(ks []string) {
	for _, k := range ks {
		go c.addBad(k)
		go c.addOk(k)
	}
}

// Loader loads each key once.
type Loader struct {
	onces  sync.Map
	loaded map[string]int
	mu     sync.Mutex
	safe   map[string]int
}

func (l *Loader) load(k string) {
	once, _ := l.onces.LoadOrStore(k, new(sync.Once))
	once.(*sync.Once).Do(func() {
		l.loaded[k] = len(k) // want `map Loader.loaded is written here by several goroutines at once with no lock`
		l.mu.Lock()
		l.safe[k] = len(k)
		l.mu.Unlock()
	})
}

func (l *Loader) All(ks []string) {
	for _, k := range ks {
		go l.load(k)
	}
}

// Striped has a number of locks.
type Striped struct {
	mus  [8]sync.Mutex
	rows map[int]int
}

func (s *Striped) addBad(k int) {
	s.mus[k%8].Lock()
	defer s.mus[k%8].Unlock()
	s.rows[k]++ // want `map Striped.rows is written here by several goroutines at once with no lock`
}

func (s *Striped) All(n int) {
	for k := range n {
		go s.addBad(k)
	}
}

// Sharded has a map for each lock: in the same element, or in that of the same number.
type Sharded struct {
	shards [8]struct {
		mu   sync.Mutex
		rows map[int]int
	}
	mus  [8]sync.Mutex
	rows [8]map[int]int
}

func (s *Sharded) addOk(k int) {
	sh := &s.shards[k%8]
	sh.mu.Lock()
	defer sh.mu.Unlock()
	sh.rows[k]++
}

func (s *Sharded) setOk(k int) {
	i := k % 8
	s.mus[i].Lock()
	defer s.mus[i].Unlock()
	s.rows[i][k] = k
}

func (s *Sharded) All(n int) {
	for k := range n {
		go s.addOk(k)
		go s.setOk(k)
	}
}

// Fixed takes the lock of one place, always the same, or all of them.
type Fixed struct {
	mus  [2]sync.Mutex
	rows map[int]int
	all  map[int]int
}

func (f *Fixed) addOk(k int) {
	f.mus[1].Lock()
	defer f.mus[1].Unlock()
	f.rows[k]++
}

func (f *Fixed) lockAllOk(k int) {
	for i := range f.mus {
		f.mus[i].Lock()
	}
	f.all[k]++
	for i := range f.mus {
		f.mus[i].Unlock()
	}
}

func (f *Fixed) All(n int) {
	for k := range n {
		go f.addOk(k)
		go f.lockAllOk(k)
	}
}

// Rows is what the keyed lock is for: the object of the key, wherever it comes from.
type row struct{ cells map[string]int }

// Table keeps the rows.
type Table struct {
	locks map[string]*sync.Mutex
	rows  map[string]*row
}

func (t *Table) addOk(k string) {
	t.locks[k].Lock()
	defer t.locks[k].Unlock()
	fill(t.rows[k], k)
}

func fill(r *row, k string) { r.cells[k]++ }

func (t *Table) All(ks []string) {
	for _, k := range ks {
		go t.addOk(k)
	}
}

// Pool has no goroutine in sight, but the locks say that callers come at once.
type Pool struct {
	mu    sync.Mutex
	locks map[string]*sync.Mutex
	conns map[string]int
	sizes map[string]int
	rows  map[string]map[string]int
}

func NewPool() *Pool {
	return &Pool{locks: map[string]*sync.Mutex{}, conns: map[string]int{}, sizes: map[string]int{}, rows: map[string]map[string]int{}}
}

func (p *Pool) ConnBad(host, name string) int {
	p.mu.Lock()
	l, ok := p.locks[host]
	if !ok {
		l = &sync.Mutex{}
		p.locks[host] = l
	}
	p.mu.Unlock()
	l.Lock()
	defer l.Unlock()
	c, ok := p.conns[host+name]
	if !ok {
		c = len(p.conns)
		p.conns[host+name] = c // want `map Pool.conns is written here with no lock: Pool.ConnBad may be called by several goroutines at once, and the lock held is one of several`
	}
	return c
}

func (p *Pool) SizeOk(host string, n int) {
	p.mu.Lock()
	l := p.locks[host]
	p.mu.Unlock()
	l.Lock()
	defer l.Unlock()
	p.mu.Lock()
	p.sizes[host] = n
	p.mu.Unlock()
}

// The row is the key's own.
func (p *Pool) RowOk(host, name string) {
	p.mu.Lock()
	l, row := p.locks[host], p.rows[host]
	p.mu.Unlock()
	l.Lock()
	defer l.Unlock()
	row[name]++
}
