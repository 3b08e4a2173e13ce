package mixed

import "sync"

// The lock is a type of its own, which has nothing else.
type guard struct{ sync.RWMutex }

type Wrapped struct {
	g guard
	m map[string]int
}

func (w *Wrapped) Get(k string) int {
	w.g.RLock()
	defer w.g.RUnlock()
	return w.m[k]
}

func (w *Wrapped) SetBad(k string) {
	w.g.RLock()
	defer w.g.RUnlock()
	w.m[k] = 1 // want `map Wrapped.m is written here with Wrapped.g only read-locked, and can be read at wrapped.go:\d+ at the same time`
}

type Embedded struct {
	guard
	m map[string]int
}

func (e *Embedded) Get(k string) int {
	e.RLock()
	defer e.RUnlock()
	return e.m[k]
}

func (e *Embedded) SetBad(k string) {
	e.RLock()
	defer e.RUnlock()
	e.m[k] = 1 // want `map Embedded.m is written here with Embedded.guard only read-locked, and can be read at wrapped.go:\d+ at the same time$`
}
