// Package perobject has objects made for one call, and one that worker goroutines share.
package perobject

import "sync"

type node struct {
	name string
	kids []*node
}

type visitorOk struct{ seen map[string]bool }

// Recursion keeps the visitor in one call.
func (v *visitorOk) walk(n *node) {
	if v.seen[n.name] {
		return
	}
	v.seen[n.name] = true
	for _, k := range n.kids {
		v.walk(k)
	}
}

func CountOk(root *node) int {
	v := &visitorOk{seen: map[string]bool{}}
	v.walk(root)
	return len(v.seen)
}

// A visitor per goroutine.
func CountEachOk(roots []*node, out chan<- int) {
	for _, r := range roots {
		go func() { out <- CountOk(r) }()
	}
}

type visitorBad struct{ seen map[string]bool }

func (v *visitorBad) walk(n *node) {
	v.seen[n.name] = true // want `map visitorBad.seen is written here .* with no lock`
	for _, k := range n.kids {
		v.walk(k)
	}
}

// One visitor for all goroutines.
func CountAllBad(roots []*node) int {
	v := &visitorBad{seen: map[string]bool{}}
	var wg sync.WaitGroup
	for _, r := range roots {
		wg.Add(1)
		go func() {
			defer wg.Done()
			v.walk(r)
		}()
	}
	wg.Wait()
	return len(v.seen)
}

type parserOk struct {
	pos  int
	vars map[string]int
}

func newParserOk() *parserOk { return &parserOk{vars: map[string]int{}} }

func (p *parserOk) define(k string) { p.vars[k] = p.pos }

// A pool of workers, each with its own parser.
func ParseOk(files []string) {
	jobs := make(chan string)
	for range 4 {
		go func() {
			p := newParserOk()
			for f := range jobs {
				p.define(f)
			}
		}()
	}
	for _, f := range files {
		jobs <- f
	}
	close(jobs)
}

type parserBad struct {
	pos  int
	vars map[string]int
}

func (p *parserBad) define(k string) {
	p.vars[k] = p.pos // want `map parserBad.vars is written here by several goroutines at once with no lock`
}

// A pool of workers with one parser.
func ParseBad(files []string) {
	jobs := make(chan string)
	p := &parserBad{vars: map[string]int{}}
	for range 4 {
		go func() {
			for f := range jobs {
				p.define(f)
			}
		}()
	}
	for _, f := range files {
		jobs <- f
	}
	close(jobs)
}

type ParserOk struct{ vars map[string]int }

// An exported type without a lock, for one goroutine at a time.
func (p *ParserOk) Define(k string) { p.vars[k] = 1 }

func (p *ParserOk) Vars() int { return len(p.vars) }

type scopeOk struct {
	outer *scopeOk
	names map[string]int
}

// Objects that hang on each other, all made in the call.
func ScopesOk(names []string) int {
	s := &scopeOk{names: map[string]int{}}
	for _, n := range names {
		s = &scopeOk{outer: s, names: map[string]int{}}
		s.names[n] = 1
		s.outer.names[n] = 2
	}
	return len(s.names)
}

// Goroutine i gets its own element.
func PartsOk(parts [][]string) []map[string]int {
	outs := make([]map[string]int, len(parts))
	var wg sync.WaitGroup
	for i, part := range parts {
		wg.Add(1)
		go func() {
			defer wg.Done()
			outs[i] = map[string]int{}
			for _, k := range part {
				outs[i][k] = 1
			}
		}()
	}
	wg.Wait()
	return outs
}

// Goroutine i gets its own element, made before.
func PartsMadeOk(parts [][]string) {
	outs := make([]map[string]int, len(parts))
	for i := range outs {
		outs[i] = map[string]int{}
	}
	for i, part := range parts {
		go func() {
			for _, k := range part {
				outs[i][k] = 1
			}
		}()
	}
}

// All goroutines write the first element's map.
func PartsBad(parts [][]string) {
	outs := []map[string]int{{}}
	for _, part := range parts {
		go func() {
			for _, k := range part {
				outs[0][k] = 1 // want `map .* is written here by several goroutines at once with no lock`
			}
		}()
	}
}

var bufs = sync.Pool{New: func() any { return &bufOk{m: map[string]int{}} }}

type bufOk struct{ m map[string]int }

// From the pool, used, and put back.
func PooledOk(keys []string) {
	for _, k := range keys {
		go func() {
			b := bufs.Get().(*bufOk)
			clear(b.m)
			b.m[k] = 1
			bufs.Put(b)
		}()
	}
}
