package models_test

import (
	"context"
	"crypto/tls"
	"expvar"
	"fmt"
	"go/ast"
	"io"
	"io/fs"
	"net"
	"net/http"
	"net/http/fcgi"
	"net/http/httptest"
	"net/http/httputil"
	"net/rpc"
	"net/url"
	"os/exec"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"testing/fstest"
	"time"

	"github.com/stretchr/testify/assert"

	"github.com/mapguard/mapguard/internal/models"
	"github.com/mapguard/mapguard/internal/models/rowtest"
)

// TestRowsRun holds what rows of the standard library say of how often a function runs, beside what and until when, against a run. The rows of other modules
// are run in modeltest.
func TestRowsRun(t *testing.T) {
	for _, c := range slices.Concat(cases(), calledAgain()) {
		t.Run(c.Row, func(t *testing.T) {
			t.Parallel()
			rowtest.Check(t, c)
		})
	}
}

// TestRowsHaveRuns wants a run for each row of the standard library that starts or registers something.
func TestRowsHaveRuns(t *testing.T) {
	have := map[string]bool{}
	for _, c := range slices.Concat(cases(), calledAgain()) {
		have[c.Row] = true
	}
	// Each stands for what is the same thing in the library, or says why it is not run.
	other := map[string]string{
		"net/http.Handle":            "(*net/http.ServeMux).Handle, of http.DefaultServeMux",
		"net/http.HandleFunc":        "(*net/http.ServeMux).HandleFunc, of http.DefaultServeMux",
		"net/http.ListenAndServe":    "net/http.Serve, on a port of its own",
		"net/http.ListenAndServeTLS": "net/http.Serve, on a port of its own and with files",
		"net/http.ServeTLS":          "net/http.Serve, with files",
		"net/rpc.Register":           "(*net/rpc.Server).Register, of rpc.DefaultServer",
		"net/rpc.RegisterName":       "(*net/rpc.Server).RegisterName, of rpc.DefaultServer",
		"(*testing.B).Run":           "a benchmark",
		"(*testing.B).RunParallel":   "a benchmark",
		"(*testing.F).Fuzz":          "a fuzz test",
		"net/http/cgi.Serve":         "wants a process of its own",
		"net/http.FS":                "net/http.FileServerFS",
		"(*testing.T).Run":           "two: with and without Parallel",
		"runtime.SetFinalizer":       "when the collector likes",
		"runtime.AddCleanup":         "when the collector likes",
	}
	for _, row := range models.Builtin().Rows() {
		if !models.IsStd(row.Package()) {
			continue
		}
		for _, e := range row.Effects() {
			if e.Kind == models.Spawn || e.Kind == models.Register || e.Kind == models.Methods || e.Kind == models.Call && e.Times == models.Serial {
				assert.True(t, have[row.Name] || other[row.Name] != "", "%s has no run", row.Name)
			}
		}
	}
}

// calledAgain are the rows of what calls a function again and again before it returns.
func calledAgain() []rowtest.Case {
	run := func(row string, call func(t *testing.T, f func())) rowtest.Case {
		return rowtest.Case{Row: row, Start: func(t *testing.T, f func()) rowtest.Run {
			return rowtest.Run{Call: func() { call(t, f) }}
		}}
	}
	entry := func(f func()) fs.WalkDirFunc {
		return func(string, fs.DirEntry, error) error { f(); return nil }
	}
	return []rowtest.Case{
		run("(*sync.Map).Range", func(_ *testing.T, f func()) {
			var m sync.Map
			m.Store(1, 1)
			m.Store(2, 2)
			m.Range(func(_, _ any) bool { f(); return true })
		}),
		run("path/filepath.Walk", func(t *testing.T, f func()) {
			if err := filepath.Walk("rowtest", func(string, fs.FileInfo, error) error { f(); return nil }); err != nil {
				t.Error(err)
			}
		}),
		run("path/filepath.WalkDir", func(t *testing.T, f func()) {
			if err := filepath.WalkDir("rowtest", entry(f)); err != nil {
				t.Error(err)
			}
		}),
		run("io/fs.WalkDir", func(t *testing.T, f func()) {
			if err := fs.WalkDir(fstest.MapFS{"a": {}, "b": {}}, ".", entry(f)); err != nil {
				t.Error(err)
			}
		}),
		run("go/ast.Inspect", func(_ *testing.T, f func()) {
			ast.Inspect(&ast.ParenExpr{X: ast.NewIdent("x")}, func(ast.Node) bool { f(); return true })
		}),
	}
}

func cases() []rowtest.Case {
	return []rowtest.Case{
		{Row: "(*sync.WaitGroup).Go", Start: func(_ *testing.T, f func()) rowtest.Run {
			var wg sync.WaitGroup
			return rowtest.Run{Call: func() { wg.Go(f) }, Wait: wg.Wait}
		}},
		{Row: "time.AfterFunc", Start: func(_ *testing.T, f func()) rowtest.Run {
			return rowtest.Run{Call: func() { time.AfterFunc(0, f) }}
		}},
		{Row: "context.AfterFunc", Start: func(t *testing.T, f func()) rowtest.Run {
			ctx, cancel := context.WithCancel(t.Context())
			return rowtest.Run{Call: func() { context.AfterFunc(ctx, f); cancel() }}
		}},
		// Not with httptest, which calls it under a lock of its own.
		{Row: "(net/http.Server).ConnState", Start: func(t *testing.T, f func()) rowtest.Run {
			l := rowtest.Listen(t)
			srv := http.Server{Handler: http.NotFoundHandler(), ConnState: func(_ net.Conn, s http.ConnState) {
				if s == http.StateActive {
					f()
				}
			}}
			return rowtest.Run{Call: func() { get(http.DefaultClient, "http://"+l.Addr().String()); srv.Serve(l) }, Stop: func() { srv.Close() }}
		}},
		{Row: "(net/http.Server).ConnContext", Start: func(_ *testing.T, f func()) rowtest.Run {
			srv := httptest.NewUnstartedServer(http.NotFoundHandler())
			srv.Config.ConnContext = func(ctx context.Context, _ net.Conn) context.Context { f(); return ctx }
			srv.Start()
			return requests(srv)
		}},
		{Row: "(*net/http.Server).RegisterOnShutdown", Start: func(t *testing.T, f func()) rowtest.Run {
			var srv http.Server
			return rowtest.Run{Call: func() { srv.RegisterOnShutdown(f); srv.Shutdown(t.Context()) }}
		}},
		handler("net/http.Handler", func(h http.Handler) http.Handler { return h }),
		handler("(*net/http.ServeMux).Handle", func(h http.Handler) http.Handler {
			mux := http.NewServeMux()
			mux.Handle("/", h)
			return mux
		}),
		handler("(*net/http.ServeMux).HandleFunc", func(h http.Handler) http.Handler {
			mux := http.NewServeMux()
			mux.HandleFunc("/", h.ServeHTTP)
			return mux
		}),
		handler("net/http.TimeoutHandler", func(h http.Handler) http.Handler { return http.TimeoutHandler(h, time.Minute, "") }),
		handler("net/http.StripPrefix", func(h http.Handler) http.Handler { return http.StripPrefix("/", h) }),
		handler("net/http.MaxBytesHandler", func(h http.Handler) http.Handler { return http.MaxBytesHandler(h, 1) }),
		handler("net/http.AllowQuerySemicolons", http.AllowQuerySemicolons),
		handler("(*net/http.CrossOriginProtection).Handler", http.NewCrossOriginProtection().Handler),
		handler("net/http.FileServerFS", func(h http.Handler) http.Handler { return http.FileServerFS(openFS{h}) }),
		handler("(net/http/httputil.ReverseProxy).Rewrite", func(h http.Handler) http.Handler {
			return &httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) { serve(h); r.SetURL(nowhere) }}
		}),
		handler("(net/http/httputil.ReverseProxy).ErrorHandler", func(h http.Handler) http.Handler {
			return &httputil.ReverseProxy{
				Rewrite:      func(r *httputil.ProxyRequest) { r.SetURL(nowhere) },
				ErrorHandler: func(w http.ResponseWriter, r *http.Request, _ error) { h.ServeHTTP(w, r) },
			}
		}),
		{Row: "net/http.NewFileTransportFS", Start: func(_ *testing.T, f func()) rowtest.Run {
			client := http.Client{Transport: http.NewFileTransportFS(openFS{calls(f)})}
			return rowtest.Run{Call: func() { get(&client, "file:///x") }}
		}},
		{Row: "net/http.Serve", Start: func(t *testing.T, f func()) rowtest.Run {
			l := rowtest.Listen(t)
			return rowtest.Run{Call: func() { get(http.DefaultClient, "http://"+l.Addr().String()); http.Serve(l, calls(f)) }, Stop: func() { l.Close() }}
		}},
		{Row: "net/http/httptest.NewServer", Start: func(_ *testing.T, f func()) rowtest.Run {
			var srv *httptest.Server
			return rowtest.Run{Call: func() { srv = httptest.NewServer(calls(f)); get(srv.Client(), srv.URL) }}
		}},
		{Row: "net/http/httptest.NewTLSServer", Start: func(_ *testing.T, f func()) rowtest.Run {
			var srv *httptest.Server
			return rowtest.Run{Call: func() { srv = httptest.NewTLSServer(calls(f)); get(srv.Client(), srv.URL) }}
		}},
		{Row: "net/http/httptest.NewUnstartedServer", Start: func(_ *testing.T, f func()) rowtest.Run {
			srv := httptest.NewUnstartedServer(calls(f))
			srv.Start()
			return requests(srv)
		}},
		{Row: "net/http/fcgi.Serve", Start: func(t *testing.T, f func()) rowtest.Run {
			l := rowtest.Listen(t)
			call := func() {
				for range 2 {
					go fcgiRequest(l.Addr().String())
				}
				fcgi.Serve(l, calls(f))
			}
			return rowtest.Run{Call: call, Stop: func() { l.Close() }}
		}},
		transport("(net/http.Transport).Proxy", func(tr *http.Transport, f func()) {
			tr.Proxy = func(*http.Request) (*url.URL, error) { f(); return nil, nil }
		}),
		transport("(net/http.Transport).DialContext", func(tr *http.Transport, f func()) {
			tr.DialContext = func(context.Context, string, string) (net.Conn, error) { f(); return nil, io.EOF }
		}),
		{Row: "(net.Dialer).Control", Start: func(t *testing.T, f func()) rowtest.Run {
			d := net.Dialer{Control: control(f)}
			return rowtest.Run{Call: func() { rowtest.Twice(func() { d.DialContext(t.Context(), "tcp", rowtest.Listen(t).Addr().String()) }) }}
		}},
		{Row: "(net.Resolver).Dial", Start: func(t *testing.T, f func()) rowtest.Run {
			r := net.Resolver{PreferGo: true, Dial: func(context.Context, string, string) (net.Conn, error) { f(); return nil, io.EOF }}
			return rowtest.Run{Call: func() { rowtest.Twice(func() { r.LookupIPAddr(t.Context(), "mapguard.test") }) }}
		}},
		{Row: "(crypto/tls.Config).GetCertificate", Start: func(_ *testing.T, f func()) rowtest.Run {
			srv := httptest.NewUnstartedServer(http.NotFoundHandler())
			srv.TLS = &tls.Config{GetConfigForClient: func(*tls.ClientHelloInfo) (*tls.Config, error) {
				return &tls.Config{GetCertificate: func(*tls.ClientHelloInfo) (*tls.Certificate, error) { f(); return nil, nil }}, nil
			}}
			srv.StartTLS()
			return requests(srv)
		}},
		rpcServer("(*net/rpc.Server).Register", "Adder", func(s *rpc.Server, a *Adder) error { return s.Register(a) }),
		rpcServer("(*net/rpc.Server).RegisterName", "Sum", func(s *rpc.Server, a *Adder) error { return s.RegisterName("Sum", a) }),
		{Row: "(os/exec.Cmd).Cancel", Start: func(t *testing.T, f func()) rowtest.Run {
			ctx, cancel := context.WithCancel(t.Context())
			cmd := exec.CommandContext(ctx, "sleep", "60")
			cmd.Cancel = func() error { f(); return cmd.Process.Kill() }
			return rowtest.Run{Call: func() {
				if err := cmd.Start(); err != nil {
					t.Errorf("sleep does not start: %v", err)
				}
				cancel()
				go cmd.Wait()
			}}
		}},
		handler("expvar.Publish", func(h http.Handler) http.Handler {
			expvar.Publish(fmt.Sprintf("mapguard %d", published.Add(1)), expvar.Func(func() any { serve(h); return 0 }))
			return expvar.Handler()
		}),
	}
}

// calls returns a handler that calls f.
func calls(f func()) http.Handler {
	return http.HandlerFunc(func(http.ResponseWriter, *http.Request) { f() })
}

func serve(h http.Handler) { h.ServeHTTP(nil, nil) }

// handler is the case of a row about what gets a handler and returns one.
func handler(row string, wrap func(http.Handler) http.Handler) rowtest.Case {
	return rowtest.Case{Row: row, Start: func(_ *testing.T, f func()) rowtest.Run {
		return requests(httptest.NewServer(wrap(calls(f))))
	}}
}

// requests has two requests made at once.
func requests(srv *httptest.Server) rowtest.Run {
	client := srv.Client()
	client.Transport.(*http.Transport).DisableKeepAlives = true
	return rowtest.Run{Call: func() { get(client, srv.URL) }, Stop: srv.Close}
}

func get(c *http.Client, at string) { rowtest.Twice(func() { c.Get(at) }) }

var nowhere = &url.URL{Scheme: "http", Host: "127.0.0.1:1"}

func transport(row string, set func(*http.Transport, func())) rowtest.Case {
	return rowtest.Case{Row: row, Start: func(_ *testing.T, f func()) rowtest.Run {
		tr := &http.Transport{}
		set(tr, f)
		return rowtest.Run{Call: func() { get(&http.Client{Transport: tr}, nowhere.String()) }}
	}}
}

// openFS calls a handler where a file is opened.
type openFS struct{ http.Handler }

func (f openFS) Open(string) (fs.File, error) {
	serve(f.Handler)
	return nil, fs.ErrNotExist
}

// published counts what expvar has been told of: it takes no name twice.
var published atomic.Int64

func control(f func()) func(string, string, syscall.RawConn) error {
	return func(string, string, syscall.RawConn) error { f(); return nil }
}

// fcgiRequest sends a request as a web server does: its beginning, its parameters, and the end of each of parameters and body.
func fcgiRequest(addr string) {
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		return
	}
	defer conn.Close()
	const begin, params, stdin = 1, 4, 5
	record := func(kind byte, content string) {
		conn.Write(append([]byte{1, kind, 0, 1, 0, byte(len(content)), 0, 0}, content...))
	}
	pair := func(name, value string) string {
		return string([]byte{byte(len(name)), byte(len(value))}) + name + value
	}
	record(begin, "\x00\x01\x00\x00\x00\x00\x00\x00")
	record(params, pair("REQUEST_METHOD", "GET")+pair("SERVER_PROTOCOL", "HTTP/1.1")+pair("REQUEST_URI", "/"))
	record(params, "")
	record(stdin, "")
	io.ReadAll(conn)
}

// Adder is a service of net/rpc.
type Adder struct{ f func() }

// Add is what a client calls.
func (a *Adder) Add(int, *int) error {
	a.f()
	return nil
}

func rpcServer(row, name string, register func(*rpc.Server, *Adder) error) rowtest.Case {
	return rowtest.Case{Row: row, Start: func(t *testing.T, f func()) rowtest.Run {
		srv := rpc.NewServer()
		mine, theirs := net.Pipe()
		return rowtest.Run{Call: func() {
			if err := register(srv, &Adder{f}); err != nil {
				t.Error(err)
			}
			go srv.ServeConn(theirs)
			client := rpc.NewClient(mine)
			for range 2 {
				client.Go(name+".Add", 1, new(int), nil)
			}
		}, Stop: func() { mine.Close() }}
	}}
}
