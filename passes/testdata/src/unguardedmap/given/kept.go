package given

import "sync"

// Keeper gets whole maps, which it keeps.
type Keeper struct {
	mu sync.Mutex
	m  map[string]int
	n  map[string]int
}

func (k *Keeper) Add(s string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.m[s]++
}

func (k *Keeper) set(m map[string]int) {
	k.mu.Lock()
	k.m = m
	k.mu.Unlock()
}

// LoadBad goes on with what others have by then.
func (k *Keeper) LoadBad(m map[string]int) {
	k.set(m)
	for s := range m { // want `map Keeper.m is iterated without Keeper.mu, held at \d of its \d other accesses`
		println(s)
	}
}

// LoadBareBad does so itself.
func (k *Keeper) LoadBareBad(m map[string]int) int {
	k.mu.Lock()
	k.m = m
	k.mu.Unlock()
	return m["loaded"] // want `map Keeper.m is read without Keeper.mu`
}

// LoadOk looks before, or under the lock.
func (k *Keeper) LoadOk(m map[string]int) {
	for s := range m {
		println(s)
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	k.m = m
	for s := range m {
		println(s)
	}
}

// LoadOneOk keeps it on one branch only, and goes on with it on the other.
func (k *Keeper) LoadOneOk(m map[string]int, keep bool) {
	if keep {
		k.set(m)
		return
	}
	m["dropped"] = 1
}

// ReplaceOk keeps a map that nobody writes in place.
func (k *Keeper) ReplaceOk(n map[string]int) {
	k.mu.Lock()
	k.n = n
	k.mu.Unlock()
	for s := range n {
		println(s)
	}
}

func (k *Keeper) LookOk(s string) int {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.n[s]
}
