package tested

import (
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
)

// The client asks, and the test goes on when it has the answer.
func TestRedirectOk(t *testing.T) {
	t.Parallel()
	srv := httptest.NewServer(http.RedirectHandler("/b", http.StatusFound))
	defer srv.Close()
	var seen http.Header
	client := &http.Client{CheckRedirect: func(req *http.Request, via []*http.Request) error {
		seen = req.Header.Clone()
		return http.ErrUseLastResponse
	}}
	if _, err := client.Get(srv.URL); err != nil {
		t.Fatal(err)
	}
	if seen.Get("Authorization") != "" {
		t.Fatal(len(seen))
	}
}

// Several ask at once.
func TestRedirectsBad(t *testing.T) {
	srv := httptest.NewServer(http.RedirectHandler("/b", http.StatusFound))
	defer srv.Close()
	seen := map[string]int{}
	client := &http.Client{CheckRedirect: func(req *http.Request, via []*http.Request) error {
		seen[req.URL.Path]++ // want `map seen is written here by several goroutines at once`
		return http.ErrUseLastResponse
	}}
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() { client.Get(srv.URL) })
	}
	wg.Wait()
}
