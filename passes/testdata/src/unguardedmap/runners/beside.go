package runners

import (
	"net/http"
	"sync"
)

// A function of a field is called beside a section, or in it.
type desk struct {
	mu     sync.Mutex
	n      int
	before func(r *http.Request)
	inside func(r *http.Request)
}

func (d *desk) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	d.before(r)
	d.mu.Lock()
	defer d.mu.Unlock()
	d.n++
	d.inside(r)
}

type clerk struct {
	desk         *desk
	seen, served map[string]int
}

func newClerk() http.Handler {
	c := &clerk{seen: map[string]int{}, served: map[string]int{}}
	c.desk = &desk{before: c.look, inside: c.serveOk}
	return c
}

func (c *clerk) ServeHTTP(w http.ResponseWriter, r *http.Request) { c.desk.ServeHTTP(w, r) }

func (c *clerk) look(r *http.Request) {
	c.seen[r.URL.Path]++ // want `map clerk.seen is written here by several goroutines at once with no lock`
}

func (c *clerk) serveOk(r *http.Request) { c.served[r.URL.Path]++ }

var _ = newClerk
