// Package escape has maps that leave the section that guards them.
package escape

import (
	"encoding/json"
	"maps"
	"sync"
)

type local struct {
	mu    sync.RWMutex
	rows  map[string]int
	parts map[string]map[string]int
}

func (l *local) Put(k string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.rows[k]++
	l.part(k)["all"]++
}

func (l *local) part(k string) map[string]int {
	if l.parts[k] == nil {
		l.parts[k] = map[string]int{}
	}
	return l.parts[k]
}

func (l *local) WriteBad() {
	l.mu.Lock()
	m := l.rows
	l.mu.Unlock()
	m["a"] = 1 // want `map local.rows is written after local.mu, under which it was taken, is released`
}

func (l *local) RangeBad() (n int) {
	l.mu.RLock()
	m := l.rows
	l.mu.RUnlock()
	for _, v := range m { // want `map local.rows is iterated after local.mu, under which it was taken, is released`
		n += v
	}
	return n
}

func (l *local) EncodeBad() ([]byte, error) {
	l.mu.RLock()
	m := l.rows
	l.mu.RUnlock()
	return json.Marshal(m) // want `map local.rows is iterated after local.mu, under which it was taken, is released`
}

func (l *local) InnerBad(k string) int {
	l.mu.RLock()
	m, ok := l.parts[k]
	l.mu.RUnlock()
	if !ok {
		return 0
	}
	return m["all"] // want `map local.parts\[\] is read after local.mu, under which it was taken, is released`
}

func (l *local) HelperBad() {
	l.mu.Lock()
	m := l.rows
	l.mu.Unlock()
	fill(m)
}

func fill(m map[string]int) {
	m["b"] = 1 // want `map local.rows is written after local.mu, under which it was taken, is released`
}

func (l *local) CloneOk() int {
	l.mu.RLock()
	m := maps.Clone(l.rows)
	l.mu.RUnlock()
	m["a"] = 1
	return len(m)
}

func (l *local) SwapOk() int {
	l.mu.Lock()
	m := l.rows
	l.rows = map[string]int{}
	l.mu.Unlock()
	m["a"] = 1
	return len(m)
}

// Locked again for the access.
func (l *local) AgainOk() int {
	l.mu.RLock()
	m := l.rows
	l.mu.RUnlock()
	if m == nil {
		return 0
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	m["a"]++
	return m["a"]
}
