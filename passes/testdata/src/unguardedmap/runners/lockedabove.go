package runners

import "sync"

// leaf keeps one of its own methods in a field. Whoever calls that has a caller that locks.
type leaf struct {
	subs  map[int]string
	visit func(*[]string)
}

func newLeaf(all bool) *leaf {
	n := &leaf{subs: map[int]string{}}
	if all {
		n.visit = n.eachOk
	} else {
		n.visit = n.shortOk
	}
	return n
}

func (n *leaf) eachOk(out *[]string) {
	for _, s := range n.subs {
		*out = append(*out, s)
	}
}

func (n *leaf) shortOk(out *[]string) {
	for _, s := range n.subs {
		if len(s) < 3 {
			*out = append(*out, s)
		}
	}
}

type forest struct {
	mu     sync.Mutex
	leaves map[string]*leaf
	in     chan string
}

func NewForest() *forest {
	t := &forest{leaves: map[string]*leaf{}, in: make(chan string)}
	go t.publish()
	return t
}

func (t *forest) publish() {
	for k := range t.in {
		var out []string
		t.mu.Lock()
		search(t.leaves, k, &out)
		t.mu.Unlock()
	}
}

func search(leaves map[string]*leaf, k string, out *[]string) {
	if n := leaves[k]; n != nil {
		n.visit(out)
	}
}

func (t *forest) Add(k string, id int, s string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	n, ok := t.leaves[k]
	if !ok {
		n = newLeaf(true)
		t.leaves[k] = n
	}
	n.subs[id] = s
}

func (t *forest) Remove(k string, id int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if n, ok := t.leaves[k]; ok {
		delete(n.subs, id)
	}
}

// twig is as leaf, but what calls its method has given the lock up.
type twig struct {
	subs  map[int]string
	visit func(*[]string)
}

func newTwig() *twig {
	n := &twig{subs: map[int]string{}}
	n.visit = n.eachBad
	return n
}

func (n *twig) eachBad(out *[]string) {
	for _, s := range n.subs { // want `map twig.subs is iterated without hedge.mu`
		*out = append(*out, s)
	}
}

type hedge struct {
	mu    sync.Mutex
	twigs map[string]*twig
	in    chan string
}

func NewHedge() *hedge {
	t := &hedge{twigs: map[string]*twig{}, in: make(chan string)}
	go t.publish()
	return t
}

func (t *hedge) publish() {
	for k := range t.in {
		var out []string
		t.mu.Lock()
		n := t.twigs[k]
		t.mu.Unlock()
		if n != nil {
			show(n, &out)
		}
	}
}

func show(n *twig, out *[]string) { n.visit(out) }

func (t *hedge) Add(k string, id int, s string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	n, ok := t.twigs[k]
	if !ok {
		n = newTwig()
		t.twigs[k] = n
	}
	n.subs[id] = s
}

func (t *hedge) Remove(k string, id int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if n, ok := t.twigs[k]; ok {
		delete(n.subs, id)
	}
}
