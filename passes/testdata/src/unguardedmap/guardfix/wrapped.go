package guardfix

import "sync"

// latch is a lock and nothing else. What it guards is beside it.
type latch struct{ sync.RWMutex }

type Kept struct {
	latch
	rows map[string]int
}

func (k *Kept) Put(s string) {
	k.Lock()
	defer k.Unlock()
	k.rows[s]++
}

func (k *Kept) SizeBad() int {
	return len(k.rows) // want `map Kept.rows is measured without Kept.latch`
}

type Named struct {
	mu   latch
	rows map[string]int
}

func (n *Named) Put(s string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.rows[s]++
}

func (n *Named) SizeBad() int {
	return len(n.rows) // want `map Named.rows is measured without Named.mu`
}
