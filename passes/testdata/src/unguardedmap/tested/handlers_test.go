package tested

import (
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
)

// The handler runs when the test calls it.
func TestCalledOk(t *testing.T) {
	got := map[string]int{}
	mux := http.NewServeMux()
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) { got[r.URL.Path]++ })
	mux.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", "/", nil))
	if len(got) == 0 {
		t.Fatal("nothing")
	}
}

// One request after another, each with its answer.
func TestServedOk(t *testing.T) {
	got := map[string]int{}
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { got[r.URL.Path]++ }))
	defer srv.Close()
	for range 3 {
		if resp, err := http.Get(srv.URL); err == nil {
			resp.Body.Close()
		}
	}
	if got["/"] != 3 {
		t.Fatal(got)
	}
}

// Several at once.
func TestServedBad(t *testing.T) {
	got := map[string]int{}
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		got[r.URL.Path]++ // want `map got is written here by several goroutines at once`
	}))
	defer srv.Close()
	var wg sync.WaitGroup
	for range 3 {
		wg.Go(func() {
			if resp, err := http.Get(srv.URL); err == nil {
				resp.Body.Close()
			}
		})
	}
	wg.Wait()
}

// The goroutines of the product are not those that ask.
func TestCalledBesideOk(t *testing.T) {
	v := OpenVaultOk()
	got := map[string]int{}
	h := logged(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { got[r.URL.Path]++ }), v)
	h.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", "/", nil))
	if got["/"] != 1 {
		t.Fatal(got)
	}
}

// Here they are, but whether the crawler asks for several pages at once is its business, and the test's.
func FN_Crawled() {
	got := map[string]int{}
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { got[r.URL.Path]++ }))
	defer srv.Close()
	c := &crawler{seen: map[string]bool{}}
	c.crawl(srv.URL, "a", "b")
}

func TestCrawled(t *testing.T) { FN_Crawled() }
