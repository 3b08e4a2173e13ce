// Package hooks has callbacks of the standard library that are no HTTP handlers.
package hooks

import (
	"context"
	"crypto/tls"
	"database/sql/driver"
	"expvar"
	"log/slog"
	"net"
	"net/http"
	"net/rpc"
	"runtime"
	"sync"
	"time"
)

// A field of a struct of options: handshakes run at once.
func CertsBad() *tls.Config {
	cache := map[string]*tls.Certificate{}
	return &tls.Config{GetCertificate: func(h *tls.ClientHelloInfo) (*tls.Certificate, error) {
		cache[h.ServerName] = &tls.Certificate{} // want `map cache is written here by several goroutines at once with no lock: the callback`
		return cache[h.ServerName], nil
	}}
}

func CertsOk() *tls.Config {
	var mu sync.Mutex
	cache := map[string]*tls.Certificate{}
	return &tls.Config{GetCertificate: func(h *tls.ClientHelloInfo) (*tls.Certificate, error) {
		mu.Lock()
		defer mu.Unlock()
		cache[h.ServerName] = &tls.Certificate{}
		return cache[h.ServerName], nil
	}}
}

type statesBad struct{ open map[net.Conn]bool }

// A method value, set later.
func (s *statesBad) watch(c net.Conn, _ http.ConnState) {
	s.open[c] = true // want `map statesBad.open is written here by several goroutines at once with no lock`
}

func (s *statesBad) Attach(srv *http.Server) { srv.ConnState = s.watch }

type acceptOk struct{ seen map[string]int }

// The loop that accepts calls one after another.
func (a *acceptOk) Attach(srv *http.Server) {
	srv.ConnContext = func(ctx context.Context, c net.Conn) context.Context {
		a.seen[c.RemoteAddr().String()]++
		return ctx
	}
}

type acceptBad struct{ seen map[string]int }

// Beside the handlers, which read.
func (a *acceptBad) Attach(srv *http.Server) {
	srv.ConnContext = func(ctx context.Context, c net.Conn) context.Context {
		a.seen[c.RemoteAddr().String()]++ // want `map acceptBad.seen is written here and read at hooks.go:\d+ with no lock in common`
		return ctx
	}
}

func (a *acceptBad) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.WriteHeader(a.seen[r.RemoteAddr])
}

type dropsOk struct{ gone map[string]int }

// One goroutine runs all finalizers.
func (d *dropsOk) Watch(a, b *net.TCPConn) {
	runtime.SetFinalizer(a, func(*net.TCPConn) { d.gone["a"]++ })
	runtime.SetFinalizer(b, func(*net.TCPConn) { d.gone["b"]++ })
}

type dropsBad struct{ gone map[string]int }

// Cleanups have more.
func (d *dropsBad) Watch(a *net.TCPConn) {
	runtime.AddCleanup(a, func(name string) {
		d.gone[name]++ // want `map dropsBad.gone is written here by several goroutines at once with no lock`
	}, "a")
}

type logBad struct {
	slog.Handler
	counts map[string]int
}

func (l *logBad) Handle(ctx context.Context, r slog.Record) error {
	l.counts[r.Message]++ // want `map logBad.counts is written here by several goroutines at once with no lock: logBad.Handle is called by several goroutines at once`
	return nil
}

type logOk struct {
	slog.Handler
	mu     sync.Mutex
	counts map[string]int
}

func (l *logOk) Handle(ctx context.Context, r slog.Record) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.counts[r.Message]++
	return nil
}

// Conn is called by one goroutine at a time, as the interface says.
type connOk struct{ stmts map[string]driver.Stmt }

func (c *connOk) Prepare(query string) (driver.Stmt, error) {
	c.stmts[query] = nil
	return c.stmts[query], nil
}
func (c *connOk) Close() error              { clear(c.stmts); return nil }
func (c *connOk) Begin() (driver.Tx, error) { return nil, nil }

// A connector is not.
type connectorBad struct{ dials map[string]int }

func (c *connectorBad) Connect(context.Context) (driver.Conn, error) {
	c.dials["all"]++ // want `map connectorBad.dials is written here by several goroutines at once with no lock`
	return nil, nil
}
func (c *connectorBad) Driver() driver.Driver { return nil }

// A function of a shape that many have is called by what it is converted to.
func VarBad() {
	asked := map[string]int{}
	expvar.Publish("asked", expvar.Func(func() any {
		asked["n"]++ // want `map asked is written here by several goroutines at once with no lock`
		return len(asked)
	}))
}

// It is called beside whatever goroutine there is.
func VarBesideBad() {
	asked := map[string]int{}
	expvar.Publish("beside", expvar.Func(func() any { return len(asked) }))
	go func() {
		for range time.Tick(time.Second) {
			asked["n"]++ // want `map asked is written here and measured at hooks.go:\d+ with no lock in common`
		}
	}()
}

// A goroutine that is over before is not.
func VarBesideOk() {
	asked := map[string]int{}
	done := make(chan bool)
	go func() {
		asked["n"]++
		close(done)
	}()
	<-done
	expvar.Publish("over", expvar.Func(func() any { return len(asked) }))
}

// The same shape, called here.
func VarOk() any {
	asked := map[string]int{}
	count := func() any {
		asked["n"]++
		return len(asked)
	}
	return count()
}

// An object whose exported methods are called.
type ArithBad struct{ calls map[string]int }

func (a *ArithBad) Add(args *int, reply *int) error {
	a.calls["add"]++ // want `map ArithBad.calls is written here by several goroutines at once with no lock`
	return nil
}

func ServeArith() { rpc.Register(&ArithBad{calls: map[string]int{}}) }

type ArithOk struct{ calls map[string]int }

func (a *ArithOk) Add(args *int, reply *int) error {
	*reply = a.calls["add"]
	return nil
}

func ServeArithOk() { rpc.Register(&ArithOk{calls: map[string]int{}}) }

// Whoever finds the pool empty calls New.
func PoolBad() *sync.Pool {
	made := map[string]int{}
	return &sync.Pool{New: func() any {
		made["n"]++ // want `map made is written here by several goroutines at once with no lock`
		return new(int)
	}}
}

func PoolOk() *sync.Pool {
	return &sync.Pool{New: func() any { return map[string]int{} }}
}
