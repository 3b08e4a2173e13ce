// Package newlock holds maps that have no lock at all.
package newlock

import (
	"fmt"
	"net/http"
)

var sessions = map[string]string{}

func setBad(id, user string) {
	sessions[id] = user // want `map sessions is written here`
}

func list() []string {
	var users []string
	for _, user := range sessions {
		users = append(users, user)
	}
	return users
}

// Serve registers what runs for each request.
func Serve() {
	http.HandleFunc("/login", func(w http.ResponseWriter, r *http.Request) {
		setBad(r.FormValue("id"), r.FormValue("user"))
		fmt.Fprintln(w, list())
	})
}

// hits counts requests.
type hits struct {
	// byPath counts them by path.
	byPath map[string]int
	mu     int
}

func newHits() *hits {
	h := &hits{byPath: map[string]int{}}
	h.byPath["/"] = 0
	return h
}

func (h *hits) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h.byPath[r.URL.Path]++ // want `map hits.byPath is written here`
	if n, ok := h.byPath["/"]; ok && n > 0 {
		fmt.Fprintln(w, n)
	}
	fmt.Fprintln(w, len(h.byPath))
}

func (h *hits) reset() {
	h.byPath = map[string]int{}
}

func runBad(keys []string) map[string]int {
	out := map[string]int{}
	done := make(chan bool)
	for _, k := range keys {
		go func() {
			out[k] = len(k) // want `map out is written here`
			done <- true
		}()
	}
	for range keys {
		<-done
	}
	return out
}

// Two maps of one struct share a lock.
type board struct{ rows, cols map[string]int }

func (b *board) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	b.rows[r.URL.Path]++     // want `map board.rows is written here`
	b.cols[r.URL.RawQuery]++ // want `map board.cols is written here`
}

// byName is grown by requests.
var byName = struct {
	ids map[string][]int
}{ids: map[string][]int{}}

// inner maps are part of the map that holds them.
var inner = map[string]map[string]int{}

func nestedBad(w http.ResponseWriter, r *http.Request) {
	if inner[r.Host] == nil {
		inner[r.Host] = map[string]int{} // want `map inner is written here`
	}
	inner[r.Host][r.URL.Path]++ // want `map inner\[\] is written here`
	for path, n := range inner[r.Host] {
		fmt.Fprintln(w, path, n)
	}
}

func register() { http.HandleFunc("/nested", nestedBad) }
