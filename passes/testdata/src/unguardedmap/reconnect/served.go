package reconnect

import (
	"net/http"
	"sync"
)

// auditOk makes a call for each request, keeps the last one, and has a goroutine look at it when it is complete.
type auditOk struct {
	mu   sync.Mutex
	last *callOk
}

type callOk struct {
	id   int
	tags map[string]string
}

func (h *auditOk) ServeHTTP(_ http.ResponseWriter, r *http.Request) {
	c := &callOk{tags: map[string]string{}}
	h.mu.Lock()
	h.last = c
	h.mu.Unlock()
	c.tags["path"] = r.URL.Path
	go c.look()
}

func (c *callOk) look() {
	for range c.tags {
		c.id++
	}
}

// early has the goroutine look at it before.
type early struct {
	mu   sync.Mutex
	last *call
}

type call struct {
	id   int
	tags map[string]string
}

func (h *early) ServeHTTP(_ http.ResponseWriter, r *http.Request) {
	c := &call{tags: map[string]string{}}
	h.mu.Lock()
	h.last = c
	h.mu.Unlock()
	go c.look()
	c.tags["path"] = r.URL.Path // want `map call.tags is written here and iterated at served.go:\d+ with no lock in common: the goroutine call.look starts at`
}

func (c *call) look() {
	for range c.tags {
		c.id++
	}
}

// before has each request look at what the one before has made.
type before struct {
	mu   sync.Mutex
	last *visit
}

type visit struct {
	id   int
	tags map[string]string
}

func (h *before) ServeHTTP(_ http.ResponseWriter, r *http.Request) {
	v := &visit{tags: map[string]string{}}
	h.mu.Lock()
	old := h.last
	h.last = v
	h.mu.Unlock()
	v.tags["path"] = r.URL.Path // want `map visit.tags is written here and iterated at served.go:\d+ with no lock in common: before.ServeHTTP runs for each request`
	for range old.tags {
		v.id++
	}
}

func serve() {
	http.Handle("/audit", &auditOk{})
	http.Handle("/early", &early{})
	http.Handle("/before", &before{last: &visit{}})
}

var _ = serve
