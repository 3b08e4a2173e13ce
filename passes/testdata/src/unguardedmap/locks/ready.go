package locks

import "sync"

// Bin gets its lock from a method that another package calls before all others.
type Bin struct {
	mu     *sync.Mutex
	things map[string]int
}

func (b *Bin) ConfigureOk(keys []string) {
	b.things = make(map[string]int)
	b.mu = new(sync.Mutex)
	for _, k := range keys {
		b.things[k] = 1
	}
	for k := range b.things {
		println(k)
	}
}

func (b *Bin) Put(k string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.things[k]++
}

func (b *Bin) Empty() {
	b.mu.Lock()
	defer b.mu.Unlock()
	for k := range b.things {
		delete(b.things, k)
	}
}

func (b *Bin) CountBad() int { return len(b.things) } // want `map Bin.things is measured without Bin.mu`

// Peer is an object that can be locked.
type Peer struct {
	sync.Mutex
	names []string
}

// Club gets a peer, which is not its lock.
type Club struct {
	mu    sync.Mutex
	peer  *Peer
	known map[string]int
}

func (h *Club) JoinBad(name string) {
	h.peer = &Peer{names: []string{name}}
	println(len(h.known)) // want `map Club.known is measured without Club.mu`
}

func (h *Club) Names() []string { return h.peer.names }

func (h *Club) Put(k string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.known[k]++
}

func (h *Club) Drop(k string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.known, k)
}
