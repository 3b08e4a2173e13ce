// Package handlers has maps that HTTP handlers touch, one goroutine per request.
package handlers

import (
	"net/http"
	"sync"
)

// All requests write the map that the closure captured.
func RoutesBad() {
	hits := map[string]int{}
	http.HandleFunc("/hit", func(w http.ResponseWriter, r *http.Request) {
		hits[r.URL.Path] = 1 // want `map hits is written here by several goroutines at once with no lock: the handler .* runs for each request`
	})
}

// The same with a lock.
func RoutesOk() {
	var mu sync.Mutex
	hits := map[string]int{}
	http.HandleFunc("/hit", func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		hits[r.URL.Path] = 1
	})
}

// A table filled before the handler is registered, and only read by it.
func TableOk() {
	codes := map[string]int{}
	codes["/gone"] = 410
	http.HandleFunc("/code", func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(codes[r.URL.Path])
	})
}

// A table filled after registration but before anybody serves.
func TableLateOk() *http.ServeMux {
	codes := map[string]int{}
	mux := http.NewServeMux()
	mux.HandleFunc("/code", func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(codes[r.URL.Path])
	})
	codes["/gone"] = 410
	return mux
}

// A table filled while the server is running.
func TableLateBad(mux *http.ServeMux) {
	codes := map[string]int{}
	mux.HandleFunc("/code", func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(codes[r.URL.Path])
	})
	go http.ListenAndServe(":80", mux)
	codes["/gone"] = 410 // want `map codes is written here and read at handlers.go:\d+ with no lock in common`
}

// A map made inside the handler is the request's own.
func RequestOk() {
	http.HandleFunc("/form", func(w http.ResponseWriter, r *http.Request) {
		fields := map[string]string{}
		for k := range r.Header {
			fields[k] = r.Header.Get(k)
		}
	})
}

// The request's own headers, too.
func HeaderOk() {
	http.HandleFunc("/h", func(w http.ResponseWriter, r *http.Request) {
		w.Header()["X-Seen"] = nil
		r.Header["X-Seen"] = nil
	})
}

// A request's own map, handed to a goroutine that goes on beside the handler.
func RequestGoBad() {
	http.HandleFunc("/form", func(w http.ResponseWriter, r *http.Request) {
		fields := map[string]string{}
		go func() {
			for range fields {
			}
		}()
		fields["late"] = r.URL.Path // want `map fields is written here and iterated at handlers.go:\d+ with no lock in common`
	})
}

type counterBad struct{ hits map[string]int }

func (c *counterBad) serve(w http.ResponseWriter, r *http.Request) {
	c.hits[r.URL.Path] = 1 // want `map counterBad.hits is written here by several goroutines at once with no lock`
}

// A method value as the handler.
func (c *counterBad) Register(mux *http.ServeMux) { mux.HandleFunc("/c", c.serve) }

type counterOk struct {
	mu   sync.Mutex
	hits map[string]int
}

func (c *counterOk) serve(w http.ResponseWriter, r *http.Request) {
	c.mu.Lock()
	c.hits[r.URL.Path] = 1
	c.mu.Unlock()
}

// The same with a lock.
func (c *counterOk) Register(mux *http.ServeMux) { mux.HandleFunc("/c", c.serve) }

type boardBad struct{ scores map[string]int }

// The interface says that requests run at once.
func (b *boardBad) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	delete(b.scores, r.URL.Path) // want `map boardBad.scores is deleted from here by several goroutines at once with no lock: boardBad.ServeHTTP runs for each request`
}

type boardOk struct{ scores map[string]int }

// Only reads.
func (b *boardOk) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.WriteHeader(b.scores[r.URL.Path])
}

type apiBad struct{ last map[string]string }

func (a *apiBad) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method == http.MethodPost {
		a.store(r)
		return
	}
	_ = a.last[r.URL.Path]
}

// Two calls below the request.
func (a *apiBad) store(r *http.Request) { a.put(r.URL.Path, r.Method) }

func (a *apiBad) put(k, v string) {
	a.last[k] = v // want `map apiBad.last is written here .* with no lock`
}

type apiOk struct {
	mu   sync.RWMutex
	last map[string]string
}

// The helper wants the lock held, and it is.
func (a *apiOk) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method == http.MethodPost {
		a.mu.Lock()
		defer a.mu.Unlock()
		a.put(r.URL.Path, r.Method)
		return
	}
	a.mu.RLock()
	defer a.mu.RUnlock()
	_ = a.last[r.URL.Path]
}

func (a *apiOk) put(k, v string) { a.last[k] = v }

// Handle with a handler made from a closure.
func HandleBad(mux *http.ServeMux) {
	visits := map[string]int{}
	mux.Handle("/v", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		visits[r.RemoteAddr] = 1 // want `map visits is written here by several goroutines at once with no lock`
	}))
}

// Handle with a handler that has no state.
func HandleOk(mux *http.ServeMux) {
	mux.Handle("/v", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		visits := map[string]int{}
		visits[r.RemoteAddr] = 1
	}))
}

type limiterBad struct{ used map[string]int }

// Middleware: the returned handler runs for each request.
func (l *limiterBad) Wrap(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		l.used[r.RemoteAddr] = 1 // want `map limiterBad.used is written here by several goroutines at once with no lock`
		next.ServeHTTP(w, r)
	})
}

type limiterOk struct {
	mu   sync.Mutex
	used map[string]int
}

// Middleware that locks and lets the next handler run outside the lock.
func (l *limiterOk) Wrap(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		l.mu.Lock()
		l.used[r.RemoteAddr] = 1
		l.mu.Unlock()
		next.ServeHTTP(w, r)
	})
}

// A map made when the middleware is set up is shared by the requests.
func DedupBad(next http.Handler) http.HandlerFunc {
	seen := map[string]bool{}
	return func(w http.ResponseWriter, r *http.Request) {
		seen[r.RemoteAddr] = true // want `map seen is written here by several goroutines at once with no lock`
		next.ServeHTTP(w, r)
	}
}

// One made in the handler is not.
func DedupOk(next http.Handler) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		seen := map[string]bool{}
		seen[r.RemoteAddr] = true
		next.ServeHTTP(w, r)
	}
}

var sessionsBad = map[string]int{}

// A plain function as the handler, a package variable as the map.
func loginBad(w http.ResponseWriter, r *http.Request) {
	sessionsBad[r.RemoteAddr] = 1 // want `map sessionsBad is written here by several goroutines at once with no lock`
}

func LoginBad() { http.HandleFunc("/login", loginBad) }

var (
	sessionsMu sync.Mutex
	sessionsOk = map[string]int{}
)

// A package lock beside the package variable.
func loginOk(w http.ResponseWriter, r *http.Request) {
	sessionsMu.Lock()
	defer sessionsMu.Unlock()
	sessionsOk[r.RemoteAddr] = 1
}

func LoginOk() { http.HandleFunc("/login", loginOk) }

type form struct{ values map[string]string }

func (f *form) parse(r *http.Request) {
	f.values = map[string]string{}
	f.values["path"] = r.URL.Path
}

// An object made for the request.
func SubmitOk(w http.ResponseWriter, r *http.Request) {
	f := &form{}
	f.parse(r)
	_ = f.values["path"]
}

var formPool = sync.Pool{New: func() any { return &pooledForm{values: map[string]string{}} }}

type pooledForm struct{ values map[string]string }

// An object from a pool is the request's own until it goes back.
func PooledOk(w http.ResponseWriter, r *http.Request) {
	f := formPool.Get().(*pooledForm)
	clear(f.values)
	f.values["path"] = r.URL.Path
	formPool.Put(f)
}

type adminBad struct{ flags map[string]bool }

// A request writes what another request's goroutine reads.
func (a *adminBad) Routes(mux *http.ServeMux) {
	mux.HandleFunc("/set", func(w http.ResponseWriter, r *http.Request) { a.flags[r.URL.Path] = true }) // want `map adminBad.flags is written here .* with no lock`
	mux.HandleFunc("/get", func(w http.ResponseWriter, r *http.Request) { _ = a.flags[r.URL.Path] })
}

type adminOk struct{ flags map[string]bool }

// All handlers only read; the setter stands before they are registered.
func (a *adminOk) Routes(mux *http.ServeMux) {
	a.flags["default"] = true
	mux.HandleFunc("/has", func(w http.ResponseWriter, r *http.Request) { _ = a.flags[r.URL.Path] })
	mux.HandleFunc("/get", func(w http.ResponseWriter, r *http.Request) { _ = a.flags[r.URL.Path] })
}

// wrapOk is what each request gets for itself, the first parameter of a handler that is no method.
type wrapOk struct {
	http.ResponseWriter
	notes map[string]int
}

func noteOk(w http.ResponseWriter, _ *http.Request) {
	if own, ok := w.(*wrapOk); ok {
		own.notes["seen"] = 1
	}
}

func NoteRoutesOk(mux *http.ServeMux) { mux.HandleFunc("/note", noteOk) }
