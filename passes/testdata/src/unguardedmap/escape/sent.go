package escape

import (
	"maps"
	"sync"
)

// A live map that is sent, or stored in what the caller has: whoever has it then knows nothing of the lock.

// Census counts heads.
type Census struct {
	mu    sync.Mutex
	heads map[string]int
	names map[string]string
	old   map[string]int
	out   chan map[string]int
}

// Page is what others get.
type Page struct {
	Heads map[string]int
	Title string
}

func (c *Census) Count(k string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.heads[k]++
	c.old[k]++
}

// Written once, when it is made: nothing changes in it.
func (c *Census) Rename(k, n string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	names := maps.Clone(c.names)
	names[k] = n
	c.names = names
}

func (c *Census) SendBad(to chan<- map[string]int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	to <- c.heads // want `map Census.heads itself is sent, to be used by the receiver without Census.mu, under which it was taken`
}

func (c *Census) SendOk(to chan<- map[string]int, names chan<- map[string]string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	to <- maps.Clone(c.heads)
	names <- c.names
}

// The receiver has the old map to itself.
func (c *Census) SwapOk(to chan<- map[string]int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	to <- c.old
	c.old = map[string]int{}
}

func (c *Census) TryBad(to chan<- Page) {
	c.mu.Lock()
	page := Page{Heads: c.heads}
	c.mu.Unlock()
	select {
	case to <- page: // want `map Census.heads itself is sent`
	default:
	}
}

func (c *Census) PointerBad(to chan<- *Page) {
	c.mu.Lock()
	defer c.mu.Unlock()
	to <- &Page{Heads: c.heads, Title: "heads"} // want `map Census.heads itself is sent`
}

func (c *Census) AnyBad(to chan<- any) {
	c.mu.Lock()
	defer c.mu.Unlock()
	to <- []map[string]int{c.heads} // want `map Census.heads itself is sent`
}

func (c *Census) PointerOk(to chan<- *Page) {
	c.mu.Lock()
	defer c.mu.Unlock()
	to <- &Page{Heads: maps.Clone(c.heads), Title: "heads"}
}

// Watch sends from a goroutine, two calls down.
func (c *Census) Watch() {
	go func() {
		for {
			c.emitBad()
		}
	}()
}

func (c *Census) emitBad() {
	c.mu.Lock()
	heads := c.heads
	c.mu.Unlock()
	c.out <- heads // want `map Census.heads itself is sent`
}

func (c *Census) FillBad(p *Page) {
	c.mu.Lock()
	defer c.mu.Unlock()
	p.Heads = c.heads // want `map Census.heads itself is stored in what the caller has, to be used after Census.mu is released`
}

func (c *Census) FillOk(p *Page) {
	c.mu.Lock()
	defer c.mu.Unlock()
	p.Heads = maps.Clone(c.heads)
}

func (p *Page) FromBad(c *Census) {
	c.mu.Lock()
	defer c.mu.Unlock()
	p.Heads = c.heads // want `map Census.heads itself is stored in what the caller has`
}

func (c *Census) fillBad(p *Page) {
	c.mu.Lock()
	defer c.mu.Unlock()
	p.Heads = c.heads // want `map Census.heads itself is stored in what the caller has`
}

func (c *Census) TableBad(all map[string]map[string]int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	all["heads"] = c.heads // want `map Census.heads itself is stored in what the caller has`
}

func (c *Census) Sum() (n int) {
	var p Page
	c.fillBad(&p)
	for _, heads := range p.Heads {
		n += heads
	}
	return n
}

// What it is stored in has the lock with it.
type view struct {
	mu    *sync.Mutex
	heads map[string]int
}

func (c *Census) ViewOk(v *view) {
	c.mu.Lock()
	defer c.mu.Unlock()
	v.mu, v.heads = &c.mu, c.heads
}

func (v *view) Len() int {
	v.mu.Lock()
	defer v.mu.Unlock()
	return len(v.heads)
}

type poll struct {
	mu    sync.Mutex
	votes map[string]int
	out   chan map[string]int
}

func (p *poll) Vote(k string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.votes[k]++
}

func (p *poll) Publish() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.FN_sendHeld()
}

// The lock is the caller's: that the map was taken under it is not known here.
func (p *poll) FN_sendHeld() { p.out <- p.votes }
