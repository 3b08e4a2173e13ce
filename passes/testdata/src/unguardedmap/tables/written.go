package tables

import "net/http"

// Tables of functions that are written down, and whose functions run for each request.

var usedBad, calledBad, listedBad = map[string]int{}, map[string]int{}, map[string]int{}

var commands = map[string]func(string){
	"use":  func(s string) { usedBad[s]++ }, // want `map usedBad is written here by several goroutines at once with no lock`
	"call": callBad,
	"ask":  askOk,
}

var hooks = []func(string){listBad, askOk}

func callBad(s string) {
	calledBad[s]++ // want `map calledBad is written here by several goroutines at once with no lock`
}

func listBad(s string) {
	listedBad[s]++ // want `map listedBad is written here by several goroutines at once with no lock`
}

var known = map[string]int{"a": 1}

func askOk(s string) { _ = known[s] }

func dispatch(w http.ResponseWriter, r *http.Request) {
	if do, ok := commands[r.URL.Path]; ok {
		do(r.Host)
	}
	for _, do := range hooks {
		do(r.Host)
	}
}

func Mount(mux *http.ServeMux) { mux.HandleFunc("/", dispatch) }

type Shop struct {
	table map[string]func(string)
	sold  map[string]int
	asked map[string]int
}

func NewShop() *Shop {
	s := &Shop{sold: map[string]int{}, asked: map[string]int{}}
	s.table = map[string]func(string){"sell": s.sellBad}
	return s
}

func (s *Shop) sellBad(what string) {
	s.sold[what]++ // want `map Shop.sold is written here by several goroutines at once with no lock`
}

func (s *Shop) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.table[r.URL.Path](r.Host) }

// What is in a table that only main's goroutine looks into.
var built = map[string]int{}

var steps = []func(string){buildOk}

func buildOk(s string) { built[s]++ }

func BuildOk(names []string) {
	for _, name := range names {
		for _, do := range steps {
			do(name)
		}
	}
}
