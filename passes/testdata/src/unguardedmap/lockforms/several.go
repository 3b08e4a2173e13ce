package lockforms

import "sync"

// Node is locked beside others, in an order that all keep.
type Node struct {
	mu   sync.Mutex
	id   int
	kids map[string]*Node
}

func lockTwo(a, b *Node) {
	if a == b {
		a.mu.Lock()
	} else if a.id < b.id {
		a.mu.Lock()
		b.mu.Lock()
	} else {
		b.mu.Lock()
		a.mu.Lock()
	}
}

func unlockTwo(a, b *Node) {
	if a == b {
		a.mu.Unlock()
	} else {
		a.mu.Unlock()
		b.mu.Unlock()
	}
}

func (n *Node) add(k string, kid *Node) {
	lockTwo(kid, n)
	n.kids[k] = kid
	unlockTwo(kid, n)
}

func addAllOk(n *Node, names []string) {
	for _, k := range names {
		go n.add(k, &Node{})
	}
}

func lockAll(all ...*Node) {
	var last *Node
	for _, n := range all {
		if n != last {
			n.mu.Lock()
			last = n
		}
	}
}

func unlockAll(all ...*Node) {
	for _, n := range all {
		n.mu.Unlock()
	}
}

func (n *Node) move(k string, to *Node) {
	both := [2]*Node{n, to}
	lockAll(both[:]...)
	delete(n.kids, k)
	unlockAll(both[:]...)
}

func moveAllOk(n *Node, names []string) {
	for _, k := range names {
		go n.move(k, &Node{})
	}
}

// Stem is locked beside others, and used when they are unlocked.
type Stem struct {
	mu   sync.Mutex
	id   int
	kids map[string]*Stem
}

func lockStems(a, b *Stem) {
	if a != b {
		b.mu.Lock()
	}
	a.mu.Lock()
}

func (s *Stem) add(k string, kid *Stem) {
	lockStems(kid, s)
	kid.mu.Unlock()
	if kid != s {
		s.mu.Unlock()
	}
	s.kids[k] = kid // want `map Stem.kids is written here by several goroutines at once with no lock`
}

func addAllBad(s *Stem, names []string) {
	for _, k := range names {
		go s.add(k, &Stem{})
	}
}

// Twig is not one of those that are locked where they are equal.
type Twig struct {
	mu   sync.Mutex
	id   int
	kids map[string]*Twig
}

func lockTwigs(a, b, c *Twig) {
	if a == b {
		a.mu.Lock()
	}
}

func (t *Twig) add(k string, a, b *Twig) {
	lockTwigs(a, b, t)
	t.kids[k] = a // want `map Twig.kids is written here by several goroutines at once with no lock`
}

func addTwigsBad(t *Twig, names []string) {
	for _, k := range names {
		go t.add(k, &Twig{}, &Twig{})
	}
}
