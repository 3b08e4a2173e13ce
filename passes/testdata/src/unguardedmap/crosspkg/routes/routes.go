// Package routes registers the handlers of others.
package routes

import (
	"net/http"

	"unguardedmap/crosspkg/lib"
)

// The handlers themselves are judged where they stand.
func listOk(mux *http.ServeMux, a *lib.API) {
	mux.HandleFunc("/get", a.Get)
	mux.HandleFunc("/put", a.Put)
}

// What runs beside them is known here.
func refreshBad(a *lib.Names) {
	http.HandleFunc("/names", a.Get)
	go http.ListenAndServe(":80", nil)
	a.Refresh() // want `map Names.by is written here and read at`
}
