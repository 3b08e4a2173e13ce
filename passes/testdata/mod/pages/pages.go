// Package pages answers requests out of what another package of the module keeps.
package pages

import (
	"net/http"

	"example.org/shop/store"
)

type page struct{ names *store.Names }

func New() http.Handler { return &page{names: store.NewNames()} }

// The method that is called works on the map in a helper of its own package, which is ours, too.
func (p *page) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Write([]byte(p.names.Find(r.URL.Path))) // want `map cache.rows is written here by several goroutines at once with no lock: page.ServeHTTP runs for each request`
}

type lockedPage struct{ names *store.Locked }

func NewLockedOk() http.Handler { return &lockedPage{names: store.NewLocked()} }

func (p *lockedPage) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Write([]byte(p.names.Find(r.URL.Path)))
}

// Each request has its own.
type freshPage struct{}

func NewFreshOk() http.Handler { return freshPage{} }

func (freshPage) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Write([]byte(store.NewNames().Find(r.URL.Path)))
}

func SeveralBad(names []string) {
	n := store.NewNames()
	for _, k := range names {
		go n.Find(k) // want `map cache.rows is written here by several goroutines at once`
	}
}

func OneOk(names []string) {
	n := store.NewNames()
	go func() {
		for _, k := range names {
			n.Find(k)
		}
	}()
}

// An object of another package that is handed to the server, and written while that runs.
func BoardBad() {
	b := store.NewBoard()
	go http.ListenAndServe(":80", b)
	b.Put("late") // want `map Board.notes is written here and read at store.go:\d+ with no lock in common: the handler Board.ServeHTTP runs for each request`
}

func BoardOk() {
	b := store.NewBoard()
	b.Put("early")
	http.ListenAndServe(":80", b)
}

type userPage struct{ users *store.Users }

func Serve() {
	p := &userPage{users: store.NewUsers()}
	http.HandleFunc("/add", p.add)
	http.HandleFunc("/see", p.see)
	http.ListenAndServe(":80", nil)
}

// A call that leads far is told of for one map, and the other is told of where it is reached at once.
func (p *userPage) add(w http.ResponseWriter, r *http.Request) {
	p.users.Add(r.URL.Path) // want `map Users.names is written here by several goroutines at once`
}

func (p *userPage) see(w http.ResponseWriter, r *http.Request) {
	p.users.Seen(r.URL.Path) // want `map Users.seen is written here by several goroutines at once`
}
