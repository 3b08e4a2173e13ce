// Package served answers requests, with the maps of another package and none of its own.
package served

import (
	"net/http"

	"unguardedmap/foreignvars/lib"
)

// PageBad is a handler by its shape: routes are listed elsewhere.
func PageBad(w http.ResponseWriter, r *http.Request) {
	lib.Count(r.URL.Path) // want `map counts is written here by several goroutines at once with no lock: PageBad runs for each request`
}

type site struct{}

func (site) ServeHTTP(w http.ResponseWriter, r *http.Request) { lib.Title(r.URL.Path) }

// PagesBad returns a handler that captures nothing.
func PagesBad() http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		lib.Icon(r.URL.Path) // want `map icons is written here by several goroutines at once with no lock: the handler PagesBad.1 runs for each request`
	}
}

// ResetOk is for whoever sets things up.
func ResetOk() { lib.Reset() }

// VisitBad has an object of the other package do it.
func VisitBad(w http.ResponseWriter, r *http.Request) {
	lib.Visits.Add(r.URL.Path) // want `map Visitors.names is written here by several goroutines at once with no lock: VisitBad runs for each request`
	lib.Guests.Add(r.URL.Path)
}

func VisitorsOk(w http.ResponseWriter, r *http.Request) {
	own := &lib.Visitors{}
	w.WriteHeader(own.Len() + lib.Visits.Len())
}
