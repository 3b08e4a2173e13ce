// Package put says by an interface of its own what it wants of the objects of another package.
package put

import (
	"net/http"

	"unguardedmap/dispatch/put/shelf"
)

type adder interface {
	Add(k string)
	Len() int
}

func StartBad() {
	var a adder = shelf.NewPlain()
	go a.Add("a") // want `map Plain.rows is written here and measured at shelf.go:\d+ with no lock in common`
	println(a.Len())
}

type server struct{ a adder }

func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.a.Add(r.URL.Path) // want `map Plain.rows is written here by several goroutines at once`
}

func ServeBad() error { return http.ListenAndServe(":80", &server{shelf.NewPlain()}) }

// A list of them, gone over in a function for each request, and a helper that does it.
type lister interface {
	Add(k string)
	Len() int
}

func add(l lister, k string) { l.Add(k) } // want `map Plain.rows is written here by several goroutines at once`

func addAll(all []lister, k string) {
	for _, l := range all {
		add(l, k)
	}
}

func ListBad() error {
	var all []lister
	all = append(all, shelf.NewPlain())
	http.HandleFunc("/add", func(w http.ResponseWriter, r *http.Request) { addAll(all, r.URL.Path) })
	return http.ListenAndServe(":84", nil)
}

// What is behind this one has a lock.
type counter interface {
	Add(k string)
	Len() int
}

func StartOk() {
	var c counter = shelf.NewLocked()
	go c.Add("a")
	c.Add("b")
}

// Who has one of its own for each goroutine.
func EachOk(n int) {
	for range n {
		var a adder = shelf.NewPlain()
		go func() {
			a.Add("a")
			println(a.Len())
		}()
	}
}

// Nobody here hands this interface anything.
type sink interface {
	Add(k string)
	Len() int
}

func DrainOk(s sink) {
	go s.Add("a")
	s.Add("b")
}

// The other package dresses it with a lock.
type store struct{ k shelf.Adder }

func DressedOk() {
	s := &store{shelf.Lock(shelf.NewPlain())}
	go s.k.Add("a")
	s.k.Add("b")
}
