package embeds

import "sync"

// Roll leaves its lock to those that have it.
type Roll struct {
	sync.RWMutex
	names map[int]string
}

func (r *Roll) AddOk(n int, s string) { r.names[n] = s }
func (r *Roll) DropOk(n int)          { delete(r.names, n) }
func (r *Roll) GetOk(n int) string    { return r.names[n] }

type Class struct {
	roll *Roll
	in   chan int
}

func NewClass() *Class {
	c := &Class{roll: &Roll{names: map[int]string{}}, in: make(chan int)}
	go c.listen()
	return c
}

func (c *Class) Roll() *Roll { return c.roll }

func (c *Class) listen() {
	for n := range c.in {
		c.note(n)
	}
}

func (c *Class) note(n int) {
	c.Roll().Lock()
	defer c.Roll().Unlock()
	if n < 0 {
		c.Roll().DropOk(-n)
		return
	}
	c.Roll().AddOk(n, "new")
}

// Census takes its lock itself in one method, which those who hold it can't call.
type Census struct {
	sync.RWMutex
	counts map[int]int
}

func (t *Census) AddOk(n int) { t.counts[n]++ }

func (t *Census) DropBad(n int) {
	delete(t.counts, n) // want `map Census.counts is deleted from`
}

func (t *Census) GetOk(n int) int {
	t.RLock()
	defer t.RUnlock()
	return t.counts[n]
}

type Booth struct {
	tally *Census
	in    chan int
}

func NewBooth() *Booth {
	b := &Booth{tally: &Census{counts: map[int]int{}}, in: make(chan int)}
	go b.listen()
	return b
}

func (b *Booth) listen() {
	for n := range b.in {
		b.tally.Lock()
		b.tally.AddOk(n)
		b.tally.Unlock()
	}
}
