// Package callbacks hands objects to another package, which calls them back.
package callbacks

import (
	"sync"

	"unguardedmap/callbacks/bus"
)

// The bus calls one method after another. They alone write, under the lock for others who read; their own reads need none.
type viewOk struct {
	mu   sync.Mutex
	rows map[string]int
}

func (v *viewOk) Added(k string) {
	if len(v.rows) > 100 {
		return
	}
	v.add(k)
}

func (v *viewOk) add(k string) {
	v.mu.Lock()
	v.rows[k]++
	v.mu.Unlock()
}

func (v *viewOk) Removed(k string) {
	v.mu.Lock()
	delete(v.rows, k)
	v.mu.Unlock()
}

func (v *viewOk) Snapshot() int {
	v.mu.Lock()
	defer v.mu.Unlock()
	return len(v.rows)
}

func StartOk() {
	bus.Subscribe(&viewOk{rows: map[string]int{}})
}

// The reader is no callback.
type viewBad struct {
	mu   sync.Mutex
	rows map[string]int
}

func (v *viewBad) Added(k string) {
	v.mu.Lock()
	v.rows[k]++
	v.mu.Unlock()
}

func (v *viewBad) Removed(k string) {
	v.mu.Lock()
	delete(v.rows, k)
	v.mu.Unlock()
}

func (v *viewBad) Len() int {
	return len(v.rows) // want `map viewBad.rows is measured without viewBad.mu`
}

func StartBad() *viewBad {
	v := &viewBad{rows: map[string]int{}}
	bus.Subscribe(v)
	return v
}

// The object is not handed out as a listener, but kept for anybody.
type viewKeptBad struct {
	mu   sync.Mutex
	rows map[string]int
}

func (v *viewKeptBad) Added(k string) {
	v.mu.Lock()
	v.rows[k]++
	v.mu.Unlock()
}

func (v *viewKeptBad) Removed(k string) {
	_ = v.rows[k] // want `map viewKeptBad.rows is read without viewKeptBad.mu`
}

func NewKept() bus.Listener { return &viewKeptBad{rows: map[string]int{}} }
