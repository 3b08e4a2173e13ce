package afterunlock

import "sync"

// The map is filled in the section that has set the variable to it, and never written after that: who takes it has a snapshot.
type account struct {
	mu     sync.RWMutex
	limits map[string]int
}

func (a *account) update(in map[string]int) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.limits = map[string]int{}
	for tier, v := range in {
		a.limits[tier] = v
	}
}

func (a *account) UsageOk() (n int) {
	a.mu.RLock()
	limits := a.limits
	a.mu.RUnlock()
	for _, v := range limits {
		n += v
	}
	return n
}

func (a *account) Refresh(in map[string]int) { go a.update(in) }
