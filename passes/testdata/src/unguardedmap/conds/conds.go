// Package conds locks by the L of a sync.Cond, which may have another name.
package conds

import "sync"

// The lock is the Cond's own.
type own struct {
	c    *sync.Cond
	data map[string]int
}

func NewOwn() *own {
	o := &own{data: map[string]int{}}
	o.c = sync.NewCond(new(sync.Mutex))
	return o
}

func (o *own) Put(k string) {
	o.begin()
	defer o.end()
	o.data[k]++
}

func (o *own) begin() { o.c.L.Lock() }
func (o *own) end()   { o.c.L.Unlock() }

func (o *own) GetOk(k string) int {
	o.c.L.Lock()
	defer o.c.L.Unlock()
	return o.data[k]
}

func (o *own) LenBad() int {
	return len(o.data) // want `map own.data is measured without own.c`
}

// The lock is a field beside the Cond, and is taken by both names.
type beside struct {
	mu   sync.Mutex
	c    *sync.Cond
	data map[string]int
}

func NewBeside() *beside {
	b := &beside{data: map[string]int{}}
	b.c = sync.NewCond(&b.mu)
	return b
}

func (b *beside) Put(k string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.data[k]++
	b.c.Signal()
}

func (b *beside) WaitOk(k string) int {
	b.c.L.Lock()
	defer b.c.L.Unlock()
	for b.data[k] == 0 {
		b.c.Wait()
	}
	return b.data[k]
}

func (b *beside) LenBad() int {
	return len(b.data) // want `map beside.data is measured without beside.mu`
}

// Two Conds have two locks.
type two struct {
	c, d *sync.Cond
	data map[string]int
}

func NewTwo() *two {
	t := &two{data: map[string]int{}}
	t.c = sync.NewCond(new(sync.Mutex))
	t.d = sync.NewCond(new(sync.Mutex))
	return t
}

func (t *two) Put(k string) {
	t.c.L.Lock()
	t.data[k]++
	t.c.L.Unlock()
}

func (t *two) GetBad(k string) int {
	t.d.L.Lock()
	defer t.d.L.Unlock()
	return t.data[k] // want `map two.data is read without two.c`
}

// Whose lock it is can't be told: silence.
type given struct {
	c    *sync.Cond
	data map[string]int
}

func NewGiven(l sync.Locker) *given {
	return &given{c: sync.NewCond(l), data: map[string]int{}}
}

func (g *given) PutOk(k string) {
	g.c.L.Lock()
	g.data[k]++
	g.c.L.Unlock()
}

func CapturedOk() {
	c := sync.NewCond(new(sync.Mutex))
	m := map[string]int{}
	var wg sync.WaitGroup
	for range 3 {
		wg.Go(func() {
			c.L.Lock()
			m["a"]++
			c.L.Unlock()
		})
	}
	wg.Wait()
}

func CapturedBad() {
	c := sync.NewCond(new(sync.Mutex))
	m := map[string]int{}
	var wg sync.WaitGroup
	wg.Go(func() {
		c.L.Lock()
		m["a"]++ // want `map m is written here and read at`
		c.L.Unlock()
	})
	m["b"]++
	wg.Wait()
}
