package recursion

import "sync"

type (
	list []list
	tree map[string]tree
)

// A slice and a map that are elements of themselves.
type ring struct {
	mu    sync.Mutex
	lists list
	trees tree
	names map[string]int
}

func (r *ring) fill(n int) {
	l := make(list, n)
	l[0] = l
	r.lists = l
}

func (r *ring) grow() {
	t := tree{}
	t["self"] = t
	r.trees = t
}

func (r *ring) setOk() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.names["a"]++
}

func (r *ring) getBad() int {
	return r.names["a"] // want `map ring.names is read without ring.mu`
}

func useRing() {
	r := &ring{names: map[string]int{}}
	r.fill(2)
	r.grow()
	go r.setOk()
	_ = r.getBad()
}
