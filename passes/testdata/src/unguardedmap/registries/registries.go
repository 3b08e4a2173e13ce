// Package registries has maps that are filled by exported functions before main, or at any time.
package registries

import (
	"net/http"
	"sync"
)

var (
	schemesMu sync.Mutex
	schemes   = map[string]int{}
	schemeIDs = map[int]string{}
)

// AddSchemeOk locks, since packages are not always initialised on one goroutine by plugins. All that this package itself does with it is to register
// before main, and so do others.
func AddSchemeOk(name string) int {
	schemesMu.Lock()
	defer schemesMu.Unlock()
	id := len(schemes)
	schemes[name] = id
	schemeIDs[id] = name
	return id
}

var HTTPOk = AddSchemeOk("http")

func init() { mustAddSchemeOk("https") }

func mustAddSchemeOk(name string) { AddSchemeOk(name) }

func SchemeOk(name string) int { return schemes[name] }

func SchemeNamesOk() (out []string) {
	for _, name := range schemeIDs {
		out = append(out, name)
	}
	return out
}

var (
	filtersMu sync.Mutex
	filters   = map[string]int{}
)

// AddFilterBad registers before main, and a handler registers, too.
func AddFilterBad(name string) {
	filtersMu.Lock()
	defer filtersMu.Unlock()
	filters[name]++
}

func init() { AddFilterBad("all") }

func serveFilterBad(w http.ResponseWriter, r *http.Request) { AddFilterBad(r.FormValue("name")) }

func MountFilterBad(mux *http.ServeMux) { mux.HandleFunc("/filter", serveFilterBad) }

func FilterBad(name string) int {
	return filters[name] // want `map filters is read without filtersMu`
}

var (
	viewsMu sync.Mutex
	views   = map[string]int{}
)

// AddViewBad is called by nobody here: when others do is not known.
func AddViewBad(name string) {
	viewsMu.Lock()
	defer viewsMu.Unlock()
	views[name]++
}

func ViewBad(name string) int {
	return views[name] // want `map views is read without viewsMu`
}

var (
	topicsMu sync.Mutex
	topics   = map[string]int{}
)

// AddTopicBad registers before main, but topics are dropped at any time.
func AddTopicBad(name string) {
	topicsMu.Lock()
	defer topicsMu.Unlock()
	topics[name]++
}

func init() { AddTopicBad("news") }

func DropTopicBad(name string) {
	topicsMu.Lock()
	defer topicsMu.Unlock()
	delete(topics, name)
}

func TopicBad(name string) int {
	return topics[name] // want `map topics is read without topicsMu`
}
