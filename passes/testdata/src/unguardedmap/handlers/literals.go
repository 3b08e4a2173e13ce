package handlers

import "net/http"

// Handlers that capture nothing: no closure is made for them.

type routes interface {
	Get(path string, h http.HandlerFunc)
}

var (
	visits = map[string]int{}
	hosts  = map[string]int{}
	agents = map[string]int{}
	styles = map[string]string{"/": "plain"}
)

func VisitsBad() http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		visits[r.URL.Path]++ // want `map visits is written here by several goroutines at once with no lock: the handler VisitsBad.1 runs for each request`
	}
}

// The router is not known.
func HostsBad(to routes) {
	to.Get("/", func(w http.ResponseWriter, r *http.Request) {
		hosts[r.Host]++ // want `map hosts is written here by several goroutines at once with no lock: the handler HostsBad.1 runs for each request`
	})
}

var table = map[string]http.HandlerFunc{
	"/": func(w http.ResponseWriter, r *http.Request) {
		agents[r.UserAgent()]++ // want `map agents is written here by several goroutines at once with no lock: the handler .* runs for each request`
	},
}

func ServeTable(w http.ResponseWriter, r *http.Request) { table[r.URL.Path](w, r) }

// Each request has its own.
func OwnOk() http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		seen := map[string]bool{}
		for _, c := range r.Cookies() {
			seen[c.Name] = true
		}
	}
}

func StylesOk() http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) { w.Write([]byte(styles[r.URL.Path])) }
}

// What is filled before the handler is there.
func FilledOk(to routes, names []string) {
	for _, n := range names {
		filled[n] = len(n)
	}
	to.Get("/", func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(filled[r.URL.Path]) })
}

var filled = map[string]int{}

// Called on the spot, and by nobody else.
func calledOk(w http.ResponseWriter, r *http.Request) {
	func(w http.ResponseWriter, r *http.Request) { once[r.Host]++ }(w, r)
}

var once = map[string]int{}

func init() { calledOk(nil, &http.Request{}) }
