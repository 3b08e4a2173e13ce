package instances

import "sync"

// A goroutine that gets what was made of an object has the object, too.

type page struct {
	mu sync.Mutex
	m  map[string]int
}

func (p *page) put(k string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.m[k]++
}

type cabinet struct {
	top  *page
	rest []*page
}

func newCabinet(r *page) *cabinet { return &cabinet{top: r} }

func newFullCabinet(rs ...*page) *cabinet { return &cabinet{rest: rs} }

func (c *cabinet) fill() {
	c.top.put("a")
	for _, r := range c.rest {
		r.put("a")
	}
}

func ConstructedBad() int {
	r := &page{m: map[string]int{}}
	go newCabinet(r).fill()
	return len(r.m) // want `map page.m is measured without page.mu, held at 1 of its 4 other accesses`
}

func VariadicBad() int {
	r := &page{m: map[string]int{}}
	c := newFullCabinet(r)
	go c.fill()
	return len(r.m) // want `map page.m is measured without page.mu, held at 1 of its 4 other accesses`
}

func (c *cabinet) add(r *page) { c.rest = append(c.rest, r) }

func AddedBad() int {
	r := &page{m: map[string]int{}}
	c := newFullCabinet()
	c.add(r)
	go c.fill()
	return len(r.m) // want `map page.m is measured without page.mu, held at 1 of its 4 other accesses`
}

func putter(r *page) func() { return func() { r.put("a") } }

func returnedBad() int {
	r := &page{m: map[string]int{}}
	go putter(r)()
	return len(r.m) // want `map page.m is measured without page.mu`
}
