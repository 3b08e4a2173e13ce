package conditions

import "sync"

// A parameter says that the caller holds the lock, in a function with more ways through it than are told apart.
type rules struct {
	mu          sync.Mutex
	allow, deny map[string]bool
	resp        map[string]int
	cache       sync.Map
	seen        map[string]bool
}

func (r *rules) allowed(subject string, full, hasLock bool) bool {
	if r.allow == nil && r.deny == nil {
		return true
	}
	if v, ok := r.cache.Load(subject); ok {
		return v.(bool)
	}
	allowed := true
	if r.allow != nil {
		allowed = r.allow[subject]
	}
	if allowed && r.deny != nil {
		allowed = !r.deny[subject]
	}
	if !allowed && full && r.resp != nil {
		if !hasLock {
			r.mu.Lock()
		}
		allowed = r.resp[subject] > 0
		if !hasLock {
			r.mu.Unlock()
		}
	} else {
		r.cache.Store(subject, allowed)
	}
	return allowed
}

func (r *rules) TraceOk(dest string) bool {
	ok := true
	r.mu.Lock()
	if r.seen[dest] {
		ok = false
	} else if (r.allow != nil || r.deny != nil) && !r.allowed(dest, false, true) {
		ok = false
	}
	r.mu.Unlock()
	return ok
}

func (r *rules) TraceBad(dest string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.allowed(dest, true, false) // want `rules.mu is locked by rules.allowed, which is called here, while it is held`
}
