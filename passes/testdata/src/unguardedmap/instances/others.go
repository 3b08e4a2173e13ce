package instances

import "sync"

// peer notes for whom it has something; the lock of another peer is held around that.
type peer struct {
	mu   sync.Mutex
	out  []string
	pend map[*peer]bool
}

type link struct{ to *peer }

func (p *peer) deliver(l *link, s string) {
	l.to.mu.Lock()
	defer l.to.mu.Unlock()
	l.to.out = append(l.to.out, s)
	p.pend[l.to] = true
}

func (p *peer) flush() int {
	n := len(p.pend)
	for q := range p.pend {
		delete(p.pend, q)
	}
	return n
}

// Each goroutine has a peer of its own.
func ServeLinksOk(links []*link, done chan int) {
	go func() {
		p := &peer{pend: map[*peer]bool{}}
		links[0].to = p
		for _, l := range links {
			p.deliver(l, "served")
		}
		done <- p.flush()
	}()
}

func PollLinksOk(links []*link, done chan int) {
	go func() {
		p := &peer{pend: map[*peer]bool{}}
		links[0].to = p
		for _, l := range links {
			p.deliver(l, "polled")
		}
		done <- p.flush()
	}()
}

// node is like peer, but two goroutines have the same one.
type node struct {
	mu   sync.Mutex
	pend map[*node]bool
}

type edge struct{ to *node }

func (n *node) deliverBad(e *edge) {
	e.to.mu.Lock()
	defer e.to.mu.Unlock()
	n.pend[e.to] = true // want `map node.pend is written here and iterated at others.go:\d+ with no lock in common`
}

func (n *node) flushBad() {
	for q := range n.pend {
		delete(n.pend, q)
	}
}

func RunBad(edges []*edge) {
	n := &node{pend: map[*node]bool{}}
	go func() {
		for _, e := range edges {
			n.deliverBad(e)
		}
	}()
	go n.flushBad()
}
