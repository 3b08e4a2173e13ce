// Package crosspkg uses another package that starts goroutines, or holds maps without locks.
package crosspkg

import (
	"net/http"
	"sync"

	"unguardedmap/crosspkg/lib"
)

// The helper of the other package starts a goroutine.
func AsyncBad() {
	stock := map[string]int{}
	lib.Async(func() { stock["nuts"] = 1 }) // want `map stock is written here and written at crosspkg.go:\d+ with no lock in common`
	stock["bolts"] = 2
}

// This helper does not.
func InlineOk() {
	stock := map[string]int{}
	lib.Inline(func() { stock["nuts"] = 1 })
	stock["bolts"] = 2
}

// The goroutine is two calls down.
func DeepBad() {
	stock := map[string]int{}
	lib.Deep(func() { stock["nuts"] = 1 }) // want `map stock is written here and written at crosspkg.go:\d+ with no lock in common`
	stock["bolts"] = 2
}

// Written before the helper is called.
func DeepOk() {
	stock := map[string]int{}
	stock["bolts"] = 2
	lib.Deep(func() { stock["nuts"] = 1 })
}

// The helper in a loop.
func AsyncLoopBad(keys []string) {
	seen := map[string]bool{}
	for _, k := range keys {
		lib.Async(func() {
			seen[k] = true // want `map seen is written here by several goroutines at once with no lock`
		})
	}
}

// The helper in a loop, with a lock.
func AsyncLoopOk(keys []string) {
	var mu sync.Mutex
	seen := map[string]bool{}
	for _, k := range keys {
		lib.Async(func() {
			mu.Lock()
			defer mu.Unlock()
			seen[k] = true
		})
	}
}

type hitsBad struct{ store *lib.Store }

// Requests share a store that does not lock.
func (h *hitsBad) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h.store.Set(r.URL.Path, 1) // want `map Store.m is written here by several goroutines at once|map Store.m is written here and written at`
}

type hitsOk struct {
	mu    sync.Mutex
	store *lib.Store
}

// The owner of the store locks.
func (h *hitsOk) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.store.Set(r.URL.Path, 1)
}

type lockedOk struct{ store *lib.Locked }

// The store locks.
func (h *lockedOk) ServeHTTP(w http.ResponseWriter, r *http.Request) { h.store.Set(r.URL.Path, 1) }

type perRequestOk struct{}

// A store per request.
func (perRequestOk) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s := lib.NewStore()
	s.Set(r.URL.Path, 1)
	_ = s.Get("x")
}

type readOnlyOk struct{ store *lib.Store }

// Requests that only read.
func (h *readOnlyOk) ServeHTTP(w http.ResponseWriter, r *http.Request) { _ = h.store.Get(r.URL.Path) }

// A store of the other package on two goroutines.
func StoreBad(k string) int {
	s := lib.NewStore()
	go func() { s.Set(k, 1) }() // want `map Store.m is written here and read at .* with no lock in common`
	return s.Get(k)
}

// One goroutine after the other.
func StoreOk(k string) int {
	s := lib.NewStore()
	done := make(chan struct{})
	go func() {
		s.Set(k, 1)
		close(done)
	}()
	<-done
	return s.Get(k)
}

// The constructor of the other package has started a goroutine that writes the map.
func PollerBad(tick chan string) {
	p := lib.NewPoller(tick)
	p.Hits["start"] = 1 // want `map Poller.Hits is written here and written at lib.go:\d+ with no lock in common`
}

// The same object, not touched.
func PollerOk(tick chan string) *lib.Poller { return lib.NewPoller(tick) }

// The constructor of the other package has given our map to a goroutine.
func JanitorBad(tick chan struct{}) *lib.Janitor {
	cache := map[string]int{}
	j := lib.NewJanitor(cache, tick)
	cache["a"] = 1 // want `map cache is written here and cleared at lib.go:\d+ with no lock in common`
	return j
}

// Ours until then.
func JanitorOk(tick chan struct{}) *lib.Janitor {
	cache := map[string]int{}
	cache["a"] = 1
	lib.Fill(cache)
	return lib.NewJanitor(cache, tick)
}

// Each request has the other package replace a map of its own: whether that takes a lock is judged there, as for an object of ours.
func ScanOk(r *lib.Radar) {
	http.HandleFunc("/scan", func(w http.ResponseWriter, req *http.Request) { r.Scan(req.Host) })
}

// Each request has it write the map in place.
func NoteBad(r *lib.Radar) {
	http.HandleFunc("/note", func(w http.ResponseWriter, req *http.Request) {
		r.Note(req.Host) // want `map Radar.hosts is written here by several goroutines at once`
	})
}

// Set here by each request, and read by them.
func ResetBad(p *lib.Poller) {
	http.HandleFunc("/reset", func(w http.ResponseWriter, req *http.Request) {
		p.Hits = map[string]int{} // want `map variable Poller.Hits is replaced here by several goroutines at once`
	})
}

// Each request has the other package start a goroutine of its own, and wait for it: that is its to order.
func SweepOk(r *lib.Radar) {
	http.HandleFunc("/sweep", func(w http.ResponseWriter, req *http.Request) { r.Sweep(req.Host) })
}

// What it does on the goroutine of the request is ours.
func MarkBad(r *lib.Radar) {
	http.HandleFunc("/mark", func(w http.ResponseWriter, req *http.Request) {
		r.Mark(req.Host) // want `map Radar.hosts is written here by several goroutines at once`
	})
}
