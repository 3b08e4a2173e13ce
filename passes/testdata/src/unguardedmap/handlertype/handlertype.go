// Package handlertype has handlers that call a function kept in a field.
package handlertype

import (
	"net/http"
	"sync"
)

type handler struct{ f func() }

func (h *handler) ServeHTTP(http.ResponseWriter, *http.Request) { h.f() }

func FuncFieldBad(mux *http.ServeMux) {
	m := map[string]int{}
	mux.Handle("/", &handler{func() {
		m["a"]++ // want `map m is written here by several goroutines at once`
	}})
}

type hub struct{ data map[string]int }

func (h *hub) run() { h.data["a"]++ } // want `map hub.data is written here by several goroutines at once`

func MethodValueBad(mux *http.ServeMux, h *hub) { mux.Handle("/", &handler{h.run}) }

// The function takes the lock.
func LockedOk(mux *http.ServeMux) {
	var mu sync.Mutex
	m := map[string]int{}
	mux.Handle("/", &handler{func() {
		mu.Lock()
		defer mu.Unlock()
		m["a"]++
	}})
}

// The object is called on the spot.
func CalledOk(h *hubOk) {
	m := map[string]int{}
	x := &handler{func() { m["a"]++ }}
	x.ServeHTTP(nil, nil)
	m["b"]++
}

type hubOk struct{ data map[string]int }
