package models

import "github.com/mapguard/mapguard/internal/domain"

// Shared values for common shapes.
var (
	lock    = []Effect{{Kind: Acquire, Mode: domain.WriteMode}}
	rlock   = []Effect{{Kind: Acquire, Mode: domain.ReadMode}}
	unlock  = []Effect{{Kind: Release, Mode: domain.WriteMode}}
	runlock = []Effect{{Kind: Release, Mode: domain.ReadMode}}
	wait    = []Effect{{Kind: Wait}}
	dead    = []Effect{{Kind: NoReturn}}
	fresh   = []Effect{{Kind: Fresh}}
)

func spawn(arg, key int, kind domain.SpawnKind) []Effect {
	return []Effect{{Kind: Spawn, Arg: arg, Key: key, Spawn: kind}}
}

func register(arg int) []Effect {
	return []Effect{{Kind: Register, Arg: arg, Key: NoKey, Spawn: domain.Handler, Many: true}}
}

// serve registers an argument and starts to serve.
func serve(arg int) []Effect { return append(register(arg), Effect{Kind: Serve}) }

func touch(kind domain.Kind, args ...int) []Effect {
	var out []Effect
	for _, a := range args {
		out = append(out, Effect{Kind: Access, Arg: a, Touch: kind})
	}
	return out
}

// rows is the table. Where a function is not here, a function argument runs at once on the caller's goroutine.
var rows = map[string][]Effect{
	// Locks.
	"(*sync.Mutex).Lock":       lock,
	"(*sync.Mutex).Unlock":     unlock,
	"(*sync.Mutex).TryLock":    {{Kind: Try, Mode: domain.WriteMode}},
	"(*sync.RWMutex).Lock":     lock,
	"(*sync.RWMutex).Unlock":   unlock,
	"(*sync.RWMutex).TryLock":  {{Kind: Try, Mode: domain.WriteMode}},
	"(*sync.RWMutex).RLock":    rlock,
	"(*sync.RWMutex).RUnlock":  runlock,
	"(*sync.RWMutex).TryRLock": {{Kind: Try, Mode: domain.ReadMode}},
	"(sync.Locker).Lock":       lock,
	"(sync.Locker).Unlock":     unlock,

	// Goroutines and their joins.
	"(*sync.WaitGroup).Go":                      spawn(1, 0, domain.Go),
	"(*sync.WaitGroup).Done":                    {{Kind: Signal}},
	"(*sync.WaitGroup).Wait":                    wait,
	"(*golang.org/x/sync/errgroup.Group).Go":    spawn(1, 0, domain.Go),
	"(*golang.org/x/sync/errgroup.Group).TryGo": spawn(1, 0, domain.Go),
	"(*golang.org/x/sync/errgroup.Group).Wait":  wait,
	"time.AfterFunc":                            spawn(1, NoKey, domain.Timer),
	"context.AfterFunc":                         spawn(1, NoKey, domain.Go),

	"sync.NewCond": fresh,

	// Once.
	"(*sync.Once).Do": {{Kind: Once, Arg: 1, Key: 0}},

	// Handlers. A function of the handler's signature and a ServeHTTP method are found by their shape wherever they go.
	"net/http.Handle":                       register(1),
	"(*net/http.ServeMux).Handle":           register(2),
	"net/http.HandleFunc":                   register(1),
	"(*net/http.ServeMux).HandleFunc":       register(2),
	"net/http.ListenAndServe":               serve(1),
	"net/http.ListenAndServeTLS":            serve(3),
	"net/http.Serve":                        serve(1),
	"net/http.ServeTLS":                     serve(1),
	"net/http/httptest.NewServer":           serve(0),
	"net/http/httptest.NewTLSServer":        serve(0),
	"net/http/httptest.NewUnstartedServer":  register(0),
	"(*net/http.Server).ListenAndServe":     {{Kind: Serve}},
	"(*net/http.Server).ListenAndServeTLS":  {{Kind: Serve}},
	"(*net/http.Server).Serve":              {{Kind: Serve}},
	"(*net/http.Server).RegisterOnShutdown": spawn(1, NoKey, domain.Go),

	// Maps. Iterators are consumed by the caller: maps.Keys reads when ranged over, which the call stands for.
	"maps.Clone":      {{Kind: Access, Touch: domain.Iterate}, {Kind: Fresh}},
	"maps.Copy":       append(touch(domain.Write, 0), touch(domain.Iterate, 1)...),
	"maps.DeleteFunc": touch(domain.Delete, 0),
	"maps.Equal":      touch(domain.Iterate, 0, 1),
	"maps.EqualFunc":  touch(domain.Iterate, 0, 1),
	"maps.Insert":     touch(domain.Write, 0),
	"maps.Keys":       touch(domain.Iterate, 0),
	"maps.Values":     touch(domain.Iterate, 0),
	"maps.All":        touch(domain.Iterate, 0),
	"maps.Collect":    fresh,

	"golang.org/x/exp/maps.Clear":      touch(domain.Clear, 0),
	"golang.org/x/exp/maps.Clone":      {{Kind: Access, Touch: domain.Iterate}, {Kind: Fresh}},
	"golang.org/x/exp/maps.Copy":       append(touch(domain.Write, 0), touch(domain.Iterate, 1)...),
	"golang.org/x/exp/maps.DeleteFunc": touch(domain.Delete, 0),
	"golang.org/x/exp/maps.Keys":       touch(domain.Iterate, 0),
	"golang.org/x/exp/maps.Values":     touch(domain.Iterate, 0),

	// Encoders iterate over what they are given.
	"encoding/json.Marshal":           touch(domain.Iterate, 0),
	"encoding/json.MarshalIndent":     touch(domain.Iterate, 0),
	"(*encoding/json.Encoder).Encode": touch(domain.Iterate, 1),
	"(*encoding/gob.Encoder).Encode":  touch(domain.Iterate, 1),
	"reflect.DeepEqual":               touch(domain.Iterate, 0, 1),

	// Calls that don't return.
	"os.Exit":                   dead,
	"runtime.Goexit":            dead,
	"log.Fatal":                 dead,
	"log.Fatalf":                dead,
	"log.Fatalln":               dead,
	"log.Panic":                 dead,
	"log.Panicf":                dead,
	"log.Panicln":               dead,
	"(*log.Logger).Fatal":       dead,
	"(*log.Logger).Fatalf":      dead,
	"(*log.Logger).Fatalln":     dead,
	"(*log.Logger).Panic":       dead,
	"(*log.Logger).Panicf":      dead,
	"(*log.Logger).Panicln":     dead,
	"(*testing.common).FailNow": dead,
	"(*testing.common).Fatal":   dead,
	"(*testing.common).Fatalf":  dead,
	"(*testing.common).Skip":    dead,
	"(*testing.common).SkipNow": dead,
	"(*testing.common).Skipf":   dead,
	"(testing.TB).FailNow":      dead,
	"(testing.TB).Fatal":        dead,
	"(testing.TB).Fatalf":       dead,
	"(testing.TB).Skip":         dead,
	"(testing.TB).SkipNow":      dead,
	"(testing.TB).Skipf":        dead,
	"syscall.Exit":              dead,
}

// handlerFuncs holds the shapes of functions that a server runs for each request.
var handlerFuncs = map[string]bool{
	"net/http.ResponseWriter;*net/http.Request;->": true,
}

// handlerMethods holds methods that users of their interface call concurrently, with their shape.
var handlerMethods = map[string]string{
	"ServeHTTP": "net/http.ResponseWriter;*net/http.Request;->",
	"RoundTrip": "*net/http.Request;->*net/http.Response;error;",
	"Collect":   "chan<- github.com/prometheus/client_golang/prometheus.Metric;->",
}

// services holds the registration functions whose argument's exported methods are called concurrently.
var services = map[string]int{
	"net/rpc.Register":               0,
	"net/rpc.RegisterName":           1,
	"(*net/rpc.Server).Register":     1,
	"(*net/rpc.Server).RegisterName": 2,
}
