package handlers

import (
	"net/http"
	"sync"
	"time"
)

// A function that leaves a goroutine running and registers a handler, or makes one: requests come while that goroutine runs, whichever is first in the text.

func LimitBad(next http.Handler) http.Handler {
	var mu sync.Mutex
	seen := map[string]time.Time{}
	go func() {
		for now := range time.Tick(time.Minute) {
			for host, last := range seen {
				if now.Sub(last) > time.Hour {
					mu.Lock()
					delete(seen, host)
					mu.Unlock()
				}
			}
		}
	}()
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		seen[r.Host] = time.Now() // want `map seen is written here and iterated at worker.go:\d+ with no lock in common: the handler LimitBad\$2 runs for each request`
		mu.Unlock()
		next.ServeHTTP(w, r)
	})
}

func LimitOk(next http.Handler) http.Handler {
	var mu sync.Mutex
	seen := map[string]time.Time{}
	go func() {
		for now := range time.Tick(time.Minute) {
			mu.Lock()
			for host, last := range seen {
				if now.Sub(last) > time.Hour {
					delete(seen, host)
				}
			}
			mu.Unlock()
		}
	}()
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		seen[r.Host] = time.Now()
		mu.Unlock()
		next.ServeHTTP(w, r)
	})
}

type clockBad struct{ ticks map[string]time.Time }

func (c *clockBad) run() {
	for now := range time.Tick(time.Second) {
		c.ticks["last"] = now // want `map clockBad.ticks is written here and read at worker.go:\d+ with no lock in common: the goroutine clockBad.run starts`
	}
}

func (c *clockBad) routes(mux *http.ServeMux) {
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		w.Write([]byte(c.ticks["last"].String()))
	})
}

func (c *clockBad) start() { go c.run() }

func ClockBad() error {
	c := &clockBad{ticks: map[string]time.Time{}}
	c.routes(http.DefaultServeMux)
	c.start()
	return http.ListenAndServe(":80", nil)
}

func LoadedOk(load func() string) error {
	loaded := make(chan struct{})
	pages := map[string]string{}
	go func() {
		defer close(loaded)
		pages["/"] = load()
	}()
	http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		<-loaded
		w.Write([]byte(pages[r.URL.Path]))
	})
	return http.ListenAndServe(":80", nil)
}

func FilledFirstOk(load func(string) string, names []string) error {
	pages := map[string]string{}
	var mu sync.Mutex
	var wg sync.WaitGroup
	for _, name := range names {
		wg.Go(func() {
			page := load(name)
			mu.Lock()
			defer mu.Unlock()
			pages[name] = page
		})
	}
	http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		w.Write([]byte(pages[r.URL.Path]))
	})
	wg.Wait()
	return http.ListenAndServe(":80", nil)
}
