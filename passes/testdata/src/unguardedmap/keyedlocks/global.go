package keyedlocks

import (
	"hash/fnv"
	"sync"
)

// stripes are for the names of any object: they hang on none.
var stripes [8]sync.Mutex

func lockName(name string) (unlock func()) {
	h := fnv.New32()
	h.Write([]byte(name))
	i := h.Sum32() % uint32(len(stripes))
	stripes[i].Lock()
	return stripes[i].Unlock
}

// Relays has one map for all names.
type Relays struct {
	open map[string]int
	mu   sync.Mutex
	safe map[string]int
}

// FN_Ensure holds the lock of its name only. Whether the object is the one that the name stands for is not known.
func (r *Relays) FN_Ensure(name string) {
	defer lockName(name)()
	r.open[name]++
}

func (r *Relays) EnsureOk(name string) {
	defer lockName(name)()
	r.mu.Lock()
	defer r.mu.Unlock()
	r.safe[name]++
}

func (r *Relays) All(names []string) {
	for _, n := range names {
		go r.FN_Ensure(n)
		go r.EnsureOk(n)
	}
}

// Peer has the lock that its name chooses, the same for all who have the peer.
type Peer struct {
	name string
	seen map[string]int
}

func (p *Peer) see(what string) { p.seen[what]++ }

func lockAndSeeOk(name, what string, p *Peer) {
	defer lockName(name)()
	p.see(what)
}

func SeeAll(p *Peer, whats []string) {
	for _, w := range whats {
		go lockAndSeeOk(p.name, w, p)
	}
}
