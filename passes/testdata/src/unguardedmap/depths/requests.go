package depths

import (
	"net/http"

	"example.com/tables"
)

// What each request does to an object of a library that hangs on another one of it is the library's to order: it may have made the one for the request.
type pagesOk struct {
	db  *tables.DB
	mux *http.ServeMux
}

func NewPages(db *tables.DB) *pagesOk {
	p := &pagesOk{db: db, mux: http.NewServeMux()}
	p.route()
	return p
}

func (p *pagesOk) route() { p.mux.HandleFunc("/", p.index) }

func (p *pagesOk) index(w http.ResponseWriter, r *http.Request) {
	if rows(p.db, r.URL.Path) == 0 {
		w.WriteHeader(http.StatusNotFound)
	}
}

func rows(db *tables.DB, name string) (n int) {
	db.View(func(tx *tables.Tx) { n = tx.Row(name) })
	return n
}
