package joins

import (
	"context"
	"net/http"
	"net/http/httptest"
	"sync"
)

// To shut a server down waits for the requests that it is at.

type counterServer struct {
	mu   sync.Mutex
	hits map[string]int
	srv  *http.Server
}

func (s *counterServer) Run() {
	s.srv = &http.Server{Handler: s}
	s.srv.ListenAndServe()
}

func (s *counterServer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.hits[r.URL.Path]++
}

func (s *counterServer) StopOk(ctx context.Context) int {
	s.srv.Shutdown(ctx)
	return len(s.hits)
}

func (s *counterServer) StopBad(ctx context.Context) int {
	n := len(s.hits) // want `map counterServer.hits is measured without counterServer.mu`
	s.srv.Shutdown(ctx)
	return n
}

// To close it does not wait for them.
func (s *counterServer) CloseBad() int {
	s.srv.Close()
	return len(s.hits) // want `map counterServer.hits is measured without counterServer.mu`
}

func shutOk(ctx context.Context) int {
	var mu sync.Mutex
	hits := map[string]int{}
	mux := http.NewServeMux()
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		hits[r.URL.Path]++
	})
	srv := &http.Server{Handler: mux}
	go srv.ListenAndServe()
	<-ctx.Done()
	srv.Shutdown(ctx)
	return len(hits)
}

// What a request has started goes on.
func shutBad(ctx context.Context) int {
	var mu sync.Mutex
	hits := map[string]int{}
	mux := http.NewServeMux()
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		go func() {
			mu.Lock()
			defer mu.Unlock()
			hits[r.URL.Path]++ // want `map hits is written here and measured at .* with no lock in common`
		}()
	})
	srv := &http.Server{Handler: mux}
	go srv.ListenAndServe()
	<-ctx.Done()
	srv.Shutdown(ctx)
	return len(hits)
}

func closedOk() int {
	var mu sync.Mutex
	hits := map[string]int{}
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		hits[r.URL.Path]++
	}))
	http.Get(srv.URL)
	srv.Close()
	return len(hits)
}

func closedBad() int {
	var mu sync.Mutex
	hits := map[string]int{}
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		hits[r.URL.Path]++ // want `map hits is written here and measured at .* with no lock in common`
	}))
	defer srv.Close()
	go http.Get(srv.URL)
	return len(hits)
}

// The server that is shut down is another one.
func FN_ShutOther(ctx context.Context, other *http.Server) int {
	var mu sync.Mutex
	hits := map[string]int{}
	mux := http.NewServeMux()
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		hits[r.URL.Path]++
	})
	go http.ListenAndServe(":8080", mux)
	other.Shutdown(ctx)
	return len(hits)
}
