package handlers

import (
	"bytes"
	"net/http"
	"strings"
)

type filter struct{ keep map[string]bool }

func (f *filter) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != "TRACE" {
		f.serveOk(w, r)
	}
}

// The headers are those of the request that the handler got.
func (f *filter) serveOk(w http.ResponseWriter, r *http.Request) {
	for k := range r.Header {
		if strings.ContainsRune(k, '_') && !f.keep[k] {
			delete(r.Header, k)
		}
	}
	w.WriteHeader(204)
}

var pad [16]byte

// A slice of an array that is a package variable has no maker in the function.
func padOk(b *bytes.Buffer) { b.Write(pad[:8]) }
