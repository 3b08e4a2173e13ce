// Package methods holds maps of the standard library that are touched by their methods.
package methods

import (
	"fmt"
	"net/http"
	"net/url"
	"sync"
)

func fetchBad(urls []string) http.Header {
	h := http.Header{}
	var wg sync.WaitGroup
	for _, u := range urls {
		wg.Add(1)
		go func() {
			defer wg.Done()
			h.Add("Visited", u) // want `map h is written here by several goroutines at once with no lock`
		}()
	}
	wg.Wait()
	return h
}

// Each goroutine has a copy.
func fetchOk(urls []string) []http.Header {
	h := http.Header{}
	h.Set("Accept", "text/plain")
	out := make([]http.Header, len(urls))
	var wg sync.WaitGroup
	for i, u := range urls {
		wg.Add(1)
		own := h.Clone()
		go func() {
			defer wg.Done()
			own.Set("Visited", u)
			out[i] = own
		}()
	}
	wg.Wait()
	return out
}

// Getters only read.
func readOk(urls []string) {
	h := http.Header{}
	h.Set("Accept", "text/plain")
	var wg sync.WaitGroup
	for range urls {
		wg.Add(1)
		go func() {
			defer wg.Done()
			fmt.Println(h.Get("Accept"))
		}()
	}
	wg.Wait()
}

type request struct {
	headers http.Header
	path    string
}

// The copy has the same map.
func (r *request) copyBad() *request { return &request{headers: r.headers, path: r.path} }

func sendBad(r *request, n int) {
	var wg sync.WaitGroup
	for range n {
		wg.Add(1)
		c := r.copyBad()
		go func() {
			defer wg.Done()
			c.headers.Set("Forwarded", c.path) // want `map request.headers is written here by several goroutines at once with no lock`
		}()
	}
	wg.Wait()
}

type requestOk struct {
	headers http.Header
	path    string
}

func (r *requestOk) copy() *requestOk { return &requestOk{headers: r.headers.Clone(), path: r.path} }

func sendOk(r *requestOk, n int) {
	var wg sync.WaitGroup
	for range n {
		wg.Add(1)
		c := r.copy()
		go func() {
			defer wg.Done()
			c.headers.Set("Forwarded", c.path)
		}()
	}
	wg.Wait()
}

type query struct {
	mu     sync.Mutex
	values url.Values
}

func newQuery() *query { return &query{values: url.Values{}} }

func (q *query) Set(k, v string) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.values.Set(k, v)
}

func (q *query) HasOk(k string) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.values.Has(k)
}

func (q *query) EncodeBad() string {
	return q.values.Encode() // want `map query.values is iterated without query.mu, held at 2 of its 2 other accesses`
}
