package shown

import (
	"encoding/json"
	"sync"
)

// Maps that are encoded, or decoded, by the address of the variable that holds them.

type ledger struct {
	mu   sync.Mutex
	rows map[string]any
}

func (l *ledger) Put(k string, v any) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.rows[k] = v
	if in, ok := l.rows["all"].(map[string]any); ok {
		in[k] = v
	}
}

func (l *ledger) AllBad() ([]byte, error) {
	l.mu.Lock()
	rows := l.rows
	l.mu.Unlock()
	return json.Marshal(&rows) // want `map ledger.rows is iterated after ledger.mu, under which it was taken, is released`
}

func (l *ledger) AllOk() ([]byte, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	rows := l.rows
	return json.Marshal(&rows)
}

// Who encodes the variable by its address does not set it: it holds what was looked up.
func (l *ledger) OneBad(k string) any {
	l.mu.Lock()
	v := l.rows[k]
	l.mu.Unlock()
	if m, ok := v.(map[string]any); ok {
		for k := range m { // want `map ledger.rows\[\] is iterated without ledger.mu, held at 1 of its 1 other accesses`
			return k
		}
	}
	b, _ := json.Marshal(&v)
	return b
}

// A decoder does set it: what comes out may be another map.
func (l *ledger) FilledOk(text []byte) any {
	l.mu.Lock()
	rows := l.rows
	l.mu.Unlock()
	rows = nil
	if json.Unmarshal(text, &rows) != nil {
		return nil
	}
	for k := range rows {
		return k
	}
	return nil
}
