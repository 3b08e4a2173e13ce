package embeds

import "sync"

// guard is a lock and nothing else: what it is for is where it is.
type guard struct{ sync.RWMutex }

type Wrapped struct {
	guard
	rows map[string]int
}

func (w *Wrapped) Put(k string) {
	w.Lock()
	defer w.Unlock()
	w.rows[k]++
}

func (w *Wrapped) GetOk(k string) int {
	w.RLock()
	defer w.RUnlock()
	return w.rows[k]
}

func (w *Wrapped) SizeBad() int {
	return len(w.rows) // want `map Wrapped.rows is measured without Wrapped.guard, held at 2 of its 2 other accesses`
}

// counted has a number beside its lock, which nobody needs a lock for maps for.
type counted struct {
	mu    sync.Mutex
	waits int
}

func (c *counted) Lock() {
	c.mu.Lock()
	c.waits++
}

func (c *counted) Unlock() { c.mu.Unlock() }

type Two struct {
	in, out counted
	got     map[string]int
	sent    map[string]int
}

func (t *Two) Get(k string) {
	t.in.Lock()
	defer t.in.Unlock()
	t.got[k]++
}

func (t *Two) Send(k string) {
	t.out.Lock()
	defer t.out.Unlock()
	t.sent[k]++
}

// The other one of two locks of a type.
func (t *Two) TotalBad() int {
	t.out.Lock()
	defer t.out.Unlock()
	return len(t.got) + len(t.sent) // want `map Two.got is measured without Two.in`
}

func (t *Two) TotalOk() int {
	t.in.mu.Lock() // by its inside
	defer t.in.mu.Unlock()
	return len(t.got)
}

// shard has something to guard itself: its lock is not that of what it is part of.
type shard struct {
	sync.Mutex
	items map[string]int
}

type Sharded struct {
	shard
	names map[string]int
}

func (s *shard) Add(k string) {
	s.Lock()
	defer s.Unlock()
	s.items[k]++
}

func (s *Sharded) AddOk(k string) {
	s.Add(k)
	s.Lock()
	defer s.Unlock()
	s.items[k]--
}

func (s *Sharded) CountBad() int {
	return len(s.items) // want `map shard.items is measured without shard.Mutex`
}

// Abacus leaves its lock to those that have it, as Roll does.
type Abacus struct {
	guard
	sums map[int]int
}

func (l *Abacus) AddOk(n int)     { l.sums[n]++ }
func (l *Abacus) DropOk(n int)    { delete(l.sums, n) }
func (l *Abacus) GetOk(n int) int { return l.sums[n] }

type Teller struct {
	abacus *Abacus
	in     chan int
}

func NewTeller() *Teller {
	c := &Teller{abacus: &Abacus{sums: map[int]int{}}, in: make(chan int)}
	go c.listen()
	return c
}

func (c *Teller) Abacus() *Abacus { return c.abacus }

func (c *Teller) listen() {
	for n := range c.in {
		c.note(n)
	}
}

func (c *Teller) note(n int) {
	c.abacus.Lock()
	defer c.abacus.Unlock()
	if n < 0 {
		c.abacus.DropOk(-n)
		return
	}
	c.abacus.AddOk(n)
}
