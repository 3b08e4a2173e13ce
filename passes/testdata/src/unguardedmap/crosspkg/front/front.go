// Package front has neither maps nor locks written down, and hands others' to requests.
package front

import (
	"net/http"

	"unguardedmap/crosspkg/lib"
)

type pages struct {
	tally lib.Tally
	safe  lib.SafeTally
	meter lib.Meter
	book  lib.Ledger
	print lib.Printer
}

func (p *pages) routesBad() {
	http.HandleFunc("/add", func(w http.ResponseWriter, r *http.Request) {
		p.tally.Add(r.Host) // want `map tally.seen is written here by several goroutines at once`
	})
	http.HandleFunc("/book", func(w http.ResponseWriter, r *http.Request) {
		p.book.Book(r.Host) // want `map PaperLedger.lines is written here by several goroutines at once`
	})
	http.HandleFunc("/update", func(w http.ResponseWriter, r *http.Request) {
		p.tally.Update(func(s *lib.Sums) {
			s.By[r.Host]++ // want `map Sums.By is written here by several goroutines at once`
		})
	})
}

func (p *pages) routesOk() {
	http.HandleFunc("/safe", func(w http.ResponseWriter, r *http.Request) {
		p.safe.AddSafely(r.Host)
		p.safe.UpdateSafely(func(s *lib.Sums) { s.By[r.Host]++ })
		p.meter.Count(r.Host)
		p.print.Print(r.Host)
	})
}

// Each request has its own.
func ownOk() {
	http.HandleFunc("/own", func(w http.ResponseWriter, r *http.Request) {
		t := lib.NewTally()
		t.Add(r.Host)
	})
}
