// Package fixshare has types that are meant to be cloned: the clone takes the lock with the map.
package fixshare

import "sync"

type logger struct {
	mu     sync.Mutex
	seen   map[string]bool
	prefix string
}

func (l *logger) log(s string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.seen[l.prefix+s] = true
}

func (l *logger) with(prefix string) *logger {
	return &logger{seen: l.seen, prefix: prefix} // want `the logger made here takes the map seen from l: each locks its own mu while both write one map`
}

func New() *logger {
	return &logger{
		seen: map[string]bool{},
	}
}

func Empty() *logger { return &logger{} }

func Use() {
	l := New()
	go l.with("a").log("b")
	l.log("c")
}

// No fix: somebody has a zero value.
type zero struct {
	mu   sync.Mutex
	seen map[string]bool
}

func (z *zero) log(s string) {
	z.mu.Lock()
	defer z.mu.Unlock()
	z.seen[s] = true
}

func (z *zero) with() *zero {
	return &zero{seen: z.seen} // want `the zero made here takes the map seen from z`
}

type holder struct{ z zero }

func (h *holder) Log() { h.z.with().log("") }

// No fix: others can make one.
type Exported struct {
	mu   sync.Mutex
	seen map[string]bool
}

func (e *Exported) Log(s string) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.seen[s] = true
}

func (e *Exported) With() *Exported {
	return &Exported{seen: e.seen} // want `the Exported made here takes the map seen from e`
}
