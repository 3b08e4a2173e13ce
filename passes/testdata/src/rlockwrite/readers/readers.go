// Package readers has maps that are written under the read lock by all who write them.
package readers

import (
	"net/http"
	"sync"
)

type Pair struct {
	mu sync.RWMutex
	m  map[string]int
}

// Two methods write, nobody ever locks exclusively.
func (p *Pair) PutBad(k string) {
	p.mu.RLock()
	defer p.mu.RUnlock()
	p.m[k] = 1 // want `map Pair.m is written here with Pair.mu only read-locked`
}

func (p *Pair) DropBad(k string) {
	p.mu.RLock()
	defer p.mu.RUnlock()
	delete(p.m, k) // want `map Pair.m is deleted from here with Pair.mu only read-locked`
}

type Memo struct {
	mu sync.RWMutex
	m  map[string]int
}

// One method alone, under a lock that is never held exclusively: it can't be held for anything else.
func (p *Memo) GetBad(k string) int {
	p.mu.RLock()
	defer p.mu.RUnlock()
	if n, ok := p.m[k]; ok {
		return n
	}
	p.m[k] = len(k) // want `map Memo.m is written here with Memo.mu only read-locked, and can be read at readers.go:36 at the same time`
	return p.m[k]
}

type Swap struct {
	mu     sync.RWMutex
	active map[string]int
	spare  map[string]int
}

// The other place swaps the map out.
func (s *Swap) AddBad(k string) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	m := s.active
	m[k] = 1 // want `map Swap.active is written here with Swap.mu only read-locked`
}

func (s *Swap) FlushOk() map[string]int {
	s.mu.Lock()
	defer s.mu.Unlock()
	out := s.active
	s.active = map[string]int{}
	return out
}

type Page struct {
	mu    sync.RWMutex
	title string
	hits  map[string]int
}

func (p *Page) Rename(t string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.title = t
}

// Each request counts: concurrent with itself, whatever the lock is for.
func (p *Page) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	p.mu.RLock()
	defer p.mu.RUnlock()
	p.hits[p.title]++ // want `map Page.hits is written here with Page.mu only read-locked`
}

type Loop struct {
	mu sync.RWMutex
	m  map[string]int
}

func (l *Loop) Start(keys []string) {
	for _, k := range keys {
		go l.workBad(k)
	}
}

// Several goroutines of one function.
func (l *Loop) workBad(k string) {
	l.mu.RLock()
	defer l.mu.RUnlock()
	l.m[k] = 1 // want `map Loop.m is written here with Loop.mu only read-locked`
}

type Room struct{ users map[string]bool }

type Rooms struct {
	mu  sync.RWMutex
	all map[string]*Room
}

// The read lock of the owner of all rooms, which elsewhere guards what is in them.
func (r *Rooms) EnterBad(room, user string) {
	r.mu.RLock()
	defer r.mu.RUnlock()
	r.all[room].users[user] = true // want `map Room.users is written here with Rooms.mu only read-locked`
}

func (r *Rooms) Leave(room, user string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.all[room].users, user)
}

type hooks struct{ onEvent func(string) }

type Watcher struct {
	mu    sync.RWMutex
	seen  map[string]bool
	hooks hooks
}

// A function that is stored, for nobody knows whom.
func (w *Watcher) Start() {
	w.hooks.onEvent = func(k string) { w.noteBad(k) }
}

func (w *Watcher) noteBad(k string) {
	w.mu.RLock()
	w.seen[k] = true // want `map Watcher.seen is written here with Watcher.mu only read-locked`
	w.mu.RUnlock()
}

func (w *Watcher) Seen(k string) bool {
	w.mu.RLock()
	defer w.mu.RUnlock()
	return w.seen[k]
}

type Twice struct {
	mu sync.RWMutex
	m  map[string]int
}

func (t *Twice) Len() int {
	t.mu.RLock()
	defer t.mu.RUnlock()
	return len(t.m)
}

// Two sections that one caller leads to.
func (t *Twice) Both(k string) {
	t.oneBad(k)
	t.twoBad(k)
}

func (t *Twice) put(k string) { t.m[k] = 1 }

func (t *Twice) oneBad(k string) {
	t.mu.RLock()
	t.put(k) // want `map Twice.m is written here with Twice.mu only read-locked`
	t.mu.RUnlock()
}

func (t *Twice) twoBad(k string) {
	t.mu.RLock()
	t.put(k) // want `map Twice.m is written here with Twice.mu only read-locked`
	t.mu.RUnlock()
}
