package lib

import "net/http"

// API has handlers that another package registers.
type API struct{ by map[string]string }

// Get reads.
func (a *API) Get(w http.ResponseWriter, r *http.Request) { w.Write([]byte(a.by[r.Host])) }

// Put writes.
func (a *API) Put(w http.ResponseWriter, r *http.Request) {
	a.by[r.Host] = r.FormValue("v") // want `map API.by is written here (by several goroutines at once|and read at api.go:\d+) with no lock`
}

// Names is read by requests, and set by whoever has it.
type Names struct{ by map[string]string }

// Get reads.
func (n *Names) Get(w http.ResponseWriter, r *http.Request) { w.Write([]byte(n.by[r.Host])) }

// Refresh fills it.
func (n *Names) Refresh() { n.by["a"] = "A" }
