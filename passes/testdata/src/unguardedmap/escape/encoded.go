package escape

import (
	"encoding/json"
	"maps"
	"net/http"
	"sync"
)

// Tally is what clients get.
type Tally struct {
	Values map[string]int
	hidden map[string]int
}

type memory struct {
	mu     sync.RWMutex
	counts map[string]int
	secret map[string]int
}

func (m *memory) Resize(host string, by int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.counts[host] += by
	m.secret[host] += by
}

func (m *memory) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	m.mu.RLock()
	cur := Tally{Values: m.counts, hidden: m.secret}
	m.mu.RUnlock()
	json.NewEncoder(w).Encode(cur) // want `map memory.counts is iterated after memory.mu, under which it was taken, is released`
}

func (m *memory) CloneOk() ([]byte, error) {
	m.mu.RLock()
	cur := &Tally{Values: maps.Clone(m.counts)}
	m.mu.RUnlock()
	return json.Marshal(cur)
}

func (m *memory) HeldOk() ([]byte, error) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	return json.Marshal(&Tally{Values: m.counts})
}
