package making

import (
	"context"
	"sync"
)

// Who gets a part of what is being made has not got the whole.

type part struct {
	mu   sync.Mutex
	seen map[string]int
}

func (p *part) work(ctx context.Context) {
	<-ctx.Done()
	p.mu.Lock()
	p.seen["a"]++
	p.mu.Unlock()
}

type machine struct {
	mu    sync.Mutex
	parts []*part
	first *part
	names map[string]int
}

func (m *machine) name(n string) {
	m.mu.Lock()
	m.names[n]++
	m.mu.Unlock()
}

func start(ctx context.Context, p *part) { go p.work(ctx) }

func BuildOk(ctx context.Context) {
	m := &machine{first: &part{seen: map[string]int{}}, names: map[string]int{}}
	start(ctx, m.first)
	m.fillOk("a")
	go m.name("b")
}

func (m *machine) fillOk(n string) {
	m.names[n] = 1
}

type engine struct {
	mu    sync.Mutex
	first *part
	names map[string]int
}

func (e *engine) name(n string) {
	e.mu.Lock()
	e.names[n]++ // want `map engine.names is written here and written at parts.go:\d+ with no lock in common: the goroutine engine.name`
	e.mu.Unlock()
}

func run(ctx context.Context, e *engine) {
	go e.first.work(ctx)
	go e.name("a")
}

func BuildBad(ctx context.Context) {
	e := &engine{first: &part{seen: map[string]int{}}, names: map[string]int{}}
	run(ctx, e)
	e.names["b"] = 1
}

type motor struct{ first *piece }

type piece struct {
	mu   sync.Mutex
	seen map[string]int
}

func (p *piece) work() {
	p.mu.Lock()
	p.seen["a"]++ // want `map piece.seen is written here and written at parts.go:\d+ with no lock in common: the goroutine piece.work`
	p.mu.Unlock()
}

func launch(m *motor) { go m.first.work() }

func PartBad() {
	m := &motor{first: &piece{seen: map[string]int{}}}
	launch(m)
	m.first.seen["b"] = 1
}

// What a helper has put into an argument may still be in the making.
type Volume struct {
	mu    sync.Mutex // protects pages
	pages map[string]int
}

type Cover struct{ of *Volume }

func (v *Volume) bind(c *Cover) { c.of = v }

func NewVolumesOk(covers []*Cover) (out []*Volume) {
	for _, c := range covers {
		v := &Volume{pages: map[string]int{}}
		v.bind(c)
		v.pages["a"] = 1
		out = append(out, v)
	}
	return out
}

func (c *Cover) Count() int {
	c.of.mu.Lock()
	defer c.of.mu.Unlock()
	return len(c.of.pages)
}

func (v *Volume) AddBad(k string) {
	v.pages[k]++ // want `map Volume.pages is written without Volume.mu, which guards it as the comment says`
}
