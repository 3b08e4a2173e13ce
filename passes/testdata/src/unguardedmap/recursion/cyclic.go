package recursion

import "sync"

// Types that are made of themselves, and values that are elements of themselves: what follows them has to come to an end.
type (
	list    []list
	tree    map[string]tree
	lines   chan lines
	pointer *pointer
	walker  func(walker) walker
	visitor interface{ visit(visitor) visitor }
	node2   struct {
		next [1]*node2
		kids map[*node2]list
	}
	pairOf[T any] struct {
		rest *pairOf[T]
		all  map[string]pairOf[T]
	}
)

type ring struct {
	mu       sync.Mutex
	lists    list
	trees    tree
	byList   map[string]list
	lines    map[string]lines
	pointers map[string]pointer
	walkers  map[string]walker
	visitors map[string]visitor
	nodes    map[string]node2
	pairs    map[string]pairOf[int]
	names    map[string]int
}

func (r *ring) fill(n int) {
	l := make(list, n)
	l[0] = l
	r.lists = l
	r.byList["a"] = l
}

func (r *ring) grow() {
	t := tree{}
	t["self"] = t
	r.trees = t
}

func (r *ring) twist(w walker, v visitor) {
	var p pointer
	p = &p
	r.pointers["a"] = p
	c := make(lines, 1)
	c <- c
	r.lines["a"] = c
	for w != nil {
		w = walker(w)(w)
	}
	for v != nil {
		v = v.visit(v)
	}
	var self func(list) list
	self = func(l list) list { return self(l) }
	r.lists = self(r.lists)
}

// A number that is counted on in one place, by the variable's own value.
func (r *ring) count(stop chan bool) {
	var i int
	go func() {
		for range stop {
			i = i + 1
			r.pairs[string(rune(i))] = pairOf[int]{}
			r.lists[i] = nil
		}
	}()
}

func (r *ring) rename(f walker, again bool) walker {
	type other func(walker) walker
	g := other(f)
	for again {
		g = other(walker(g))
	}
	return walker(g)
}

func (r *ring) setOk() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.names["a"]++
}

func (r *ring) getBad() int {
	return r.names["a"] // want `map ring.names is read without ring.mu`
}

func useRing(stop chan bool) {
	r := &ring{names: map[string]int{}}
	r.fill(2)
	r.grow()
	r.twist(nil, nil)
	r.walkers["a"] = r.rename(nil, false)
	go r.count(stop)
	go r.setOk()
	_ = r.getBad()
}
