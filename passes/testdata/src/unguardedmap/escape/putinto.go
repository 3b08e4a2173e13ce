package escape

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"sync"
)

// A map that leaves inside of a map or slice made for the purpose, or as any.

type overview struct {
	mu     sync.RWMutex
	counts map[string]int
	byUser map[string]map[string]int
}

func (r *overview) Add(user, what string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.counts[what]++
	if r.byUser[user] == nil {
		r.byUser[user] = map[string]int{}
	}
	r.byUser[user][what]++
}

func (r *overview) StatusBad(w http.ResponseWriter, _ *http.Request) {
	r.mu.RLock()
	status := map[string]any{"ok": true, "counts": r.counts}
	r.mu.RUnlock()
	json.NewEncoder(w).Encode(status) // want `map overview.counts is iterated after overview.mu, under which it was taken, is released`
}

func (r *overview) StatusOk(w http.ResponseWriter, _ *http.Request) {
	r.mu.RLock()
	status := map[string]any{"users": len(r.byUser), "counts": maps.Clone(r.counts)}
	r.mu.RUnlock()
	json.NewEncoder(w).Encode(status)
}

func (r *overview) HeldOk(w io.Writer) {
	r.mu.RLock()
	defer r.mu.RUnlock()
	json.NewEncoder(w).Encode(map[string]any{"counts": r.counts})
}

func writeJSON(w io.Writer, v any) { json.NewEncoder(w).Encode(v) }

func (r *overview) HelperBad(w io.Writer) {
	r.mu.RLock()
	users := map[string]map[string]int{}
	for name, user := range r.byUser {
		users[name] = user
	}
	r.mu.RUnlock()
	writeJSON(w, users) // want `map overview.byUser\[\] is iterated after overview.mu, under which it was taken, is released`
}

func (r *overview) LineBad() string {
	r.mu.RLock()
	args := []any{"counts", r.counts}
	r.mu.RUnlock()
	return fmt.Sprintln(args...) // want `map overview.counts is iterated after overview.mu, under which it was taken, is released`
}

func (r *overview) UsersBad() map[string]map[string]int {
	r.mu.RLock()
	defer r.mu.RUnlock()
	users := map[string]map[string]int{}
	for name, user := range r.byUser {
		users[name] = user
	}
	return users // want `map overview.byUser\[\] itself is returned, to be used by the caller after overview.mu is released`
}

func (r *overview) UsersOk() map[string]map[string]int {
	r.mu.RLock()
	defer r.mu.RUnlock()
	users := map[string]map[string]int{}
	for name, user := range r.byUser {
		users[name] = maps.Clone(user)
	}
	return users
}

func (r *overview) AllBad() []map[string]int {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return []map[string]int{r.counts} // want `map overview.counts itself is returned, to be used by the caller after overview.mu is released`
}

func (r *overview) AnyBad() any {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return r.counts // want `map overview.counts itself is returned, to be used by the caller after overview.mu is released`
}
