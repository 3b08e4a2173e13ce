package handlers

import "net/http"

// board is a handler that is filled by its owner.
type board struct{ notes map[string]string }

func (b *board) put(k string) { b.notes[k] = k } // want `map board.notes is written here and read at objects.go:\d+ with no lock in common: the handler board.ServeHTTP runs for each request`

func (b *board) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Write([]byte(b.notes[r.URL.Path]))
}

// An object that is handed to the server as it is, and filled while that runs.
func BoardBad() {
	b := &board{notes: map[string]string{}}
	go http.ListenAndServe(":80", b)
	b.put("late")
}

// The same is fine before the server runs.
type earlyBoard struct{ notes map[string]string }

func (b *earlyBoard) put(k string) { b.notes[k] = k }

func (b *earlyBoard) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Write([]byte(b.notes[r.URL.Path]))
}

func BoardOk() {
	b := &earlyBoard{notes: map[string]string{}}
	b.put("early")
	http.Handle("/board", b)
	b.put("still early")
	http.ListenAndServe(":80", nil)
}
