// Package runs holds rows of third-party modules against runs of those modules, as models.TestRowsRun does for the standard library:
//
//	cd internal/models/modeltest && go test ./runs
//
// What wants a server of its own (NATS, Redis, Kafka, a cluster) is not run; its rows are read off the source.
package runs

import (
	"context"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/Jeffail/tunny"
	"github.com/VictoriaMetrics/metrics"
	"github.com/alitto/pond/v2"
	"github.com/gammazero/workerpool"
	"github.com/gin-gonic/gin"
	"github.com/go-co-op/gocron/v2"
	"github.com/jellydator/ttlcache/v3"
	"github.com/julienschmidt/httprouter"
	"github.com/miekg/dns"
	"github.com/oklog/run"
	"github.com/panjf2000/ants/v2"
	"github.com/patrickmn/go-cache"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/robfig/cron/v3"
	"github.com/sourcegraph/conc"
	"github.com/sourcegraph/conc/iter"
	"github.com/sourcegraph/conc/pool"
	"github.com/sourcegraph/conc/stream"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/valyala/fasthttp"
	"golang.org/x/sync/errgroup"
	"golang.org/x/sync/singleflight"
	"k8s.io/apimachinery/pkg/util/wait"
	"k8s.io/client-go/util/workqueue"

	"github.com/mapguard/mapguard/internal/models/rowtest"
)

func TestRowsRun(t *testing.T) {
	gin.SetMode(gin.ReleaseMode)
	for _, c := range cases() {
		t.Run(c.Row, func(t *testing.T) {
			t.Parallel()
			rowtest.Check(t, c)
		})
	}
}

// spawner is the case of a row that runs a function once, on a goroutine that wait waits for.
func spawner(row string, start func(f func()) (call, wait func())) rowtest.Case {
	return rowtest.Case{Row: row, Start: func(_ *testing.T, f func()) rowtest.Run {
		call, wait := start(f)
		return rowtest.Run{Call: call, Wait: wait}
	}}
}

// caller is the case of a row whose call is all there is to it.
func caller(row string, call func(f func())) rowtest.Case {
	return rowtest.Case{Row: row, Start: func(_ *testing.T, f func()) rowtest.Run {
		return rowtest.Run{Call: func() { call(f) }}
	}}
}

func cases() []rowtest.Case {
	two := []int{1, 2}
	return []rowtest.Case{
		spawner("(*golang.org/x/sync/errgroup.Group).Go", func(f func()) (func(), func()) {
			var g errgroup.Group
			return func() { g.Go(noError(f)) }, func() { g.Wait() }
		}),
		spawner("(*golang.org/x/sync/errgroup.Group).TryGo", func(f func()) (func(), func()) {
			var g errgroup.Group
			return func() { g.TryGo(noError(f)) }, func() { g.Wait() }
		}),
		caller("(*golang.org/x/sync/singleflight.Group).Do", func(f func()) {
			new(singleflight.Group).Do("k", func() (any, error) { f(); return nil, nil })
		}),
		caller("(*golang.org/x/sync/singleflight.Group).DoChan", func(f func()) {
			new(singleflight.Group).DoChan("k", func() (any, error) { f(); return nil, nil })
		}),
		{Row: "(*github.com/robfig/cron/v3.Cron).AddFunc", Start: func(_ *testing.T, f func()) rowtest.Run {
			c := cron.New()
			return rowtest.Run{Call: func() { c.AddFunc("@every 1s", f); c.Start() }, Stop: func() { c.Stop() }}
		}},
		{Row: "(*github.com/robfig/cron/v3.Cron).Schedule", Start: func(_ *testing.T, f func()) rowtest.Run {
			c := cron.New()
			return rowtest.Run{Call: func() { c.Schedule(cron.Every(time.Second), cron.FuncJob(f)); c.Start() }, Stop: func() { c.Stop() }}
		}},
		{Row: "github.com/go-co-op/gocron/v2.NewTask", Start: func(t *testing.T, f func()) rowtest.Run {
			s, err := gocron.NewScheduler()
			require.NoError(t, err)
			return rowtest.Run{Call: func() {
				s.NewJob(gocron.DurationJob(10*time.Millisecond), gocron.NewTask(f))
				s.Start()
			}, Stop: func() { s.Shutdown() }}
		}},
		caller("github.com/panjf2000/ants/v2.Submit", func(f func()) { ants.Submit(f) }),
		{Row: "(*github.com/panjf2000/ants/v2.Pool).Submit", Start: func(t *testing.T, f func()) rowtest.Run {
			p, err := ants.NewPool(2)
			require.NoError(t, err)
			return rowtest.Run{Call: func() { p.Submit(f) }, Stop: p.Release}
		}},
		{Row: "github.com/panjf2000/ants/v2.NewPoolWithFunc", Start: func(t *testing.T, f func()) rowtest.Run {
			return rowtest.Run{Call: func() {
				p, err := ants.NewPoolWithFunc(2, func(any) { f() })
				if assert.NoError(t, err) {
					p.Invoke(1)
					p.Invoke(2)
				}
			}}
		}},
		caller("github.com/Jeffail/tunny.NewFunc", func(f func()) {
			p := tunny.NewFunc(2, func(any) any { f(); return nil })
			rowtest.Twice(func() { p.Process(1) })
		}),
		spawner("(*github.com/sourcegraph/conc.WaitGroup).Go", func(f func()) (func(), func()) {
			var wg conc.WaitGroup
			return func() { wg.Go(f) }, wg.Wait
		}),
		spawner("(*github.com/sourcegraph/conc/pool.Pool).Go", func(f func()) (func(), func()) {
			p := pool.New()
			return func() { p.Go(f) }, p.Wait
		}),
		spawner("(*github.com/sourcegraph/conc/pool.ErrorPool).Go", func(f func()) (func(), func()) {
			p := pool.New().WithErrors()
			return func() { p.Go(noError(f)) }, func() { p.Wait() }
		}),
		spawner("(*github.com/sourcegraph/conc/pool.ContextPool).Go", func(f func()) (func(), func()) {
			p := pool.New().WithContext(context.Background())
			return func() { p.Go(func(context.Context) error { f(); return nil }) }, func() { p.Wait() }
		}),
		spawner("(*github.com/sourcegraph/conc/pool.ResultPool).Go", func(f func()) (func(), func()) {
			p := pool.NewWithResults[int]()
			return func() { p.Go(func() int { f(); return 0 }) }, func() { p.Wait() }
		}),
		caller("github.com/sourcegraph/conc/iter.ForEach", func(f func()) { iter.ForEach(two, func(*int) { f() }) }),
		caller("github.com/sourcegraph/conc/iter.ForEachIdx", func(f func()) { iter.ForEachIdx(two, func(int, *int) { f() }) }),
		caller("github.com/sourcegraph/conc/iter.Map", func(f func()) { iter.Map(two, func(*int) int { f(); return 0 }) }),
		caller("github.com/sourcegraph/conc/iter.MapErr", func(f func()) { iter.MapErr(two, func(*int) (int, error) { f(); return 0, nil }) }),
		spawner("(*github.com/sourcegraph/conc/stream.Stream).Go", func(f func()) (func(), func()) {
			s := stream.New()
			return func() { s.Go(func() stream.Callback { f(); return func() {} }) }, s.Wait
		}),
		caller("github.com/sourcegraph/conc/stream.Callback", func(f func()) {
			s := stream.New()
			for range 3 {
				s.Go(func() stream.Callback { return f })
			}
		}),
		caller("github.com/alitto/pond/v2.Submit", func(f func()) { pond.Submit(f) }),
		spawner("(github.com/alitto/pond/v2.Pool).Go", func(f func()) (func(), func()) {
			p := pond.NewPool(2)
			return func() { p.Go(f) }, p.StopAndWait
		}),
		spawner("(github.com/alitto/pond/v2.Pool).Submit", func(f func()) (func(), func()) {
			p := pond.NewPool(2)
			return func() { p.Submit(f) }, p.StopAndWait
		}),
		spawner("(github.com/alitto/pond/v2.TaskGroup).Submit", func(f func()) (func(), func()) {
			g := pond.NewPool(2).NewGroup()
			return func() { g.Submit(f) }, func() { g.Wait() }
		}),
		spawner("(*github.com/gammazero/workerpool.WorkerPool).Submit", func(f func()) (func(), func()) {
			p := workerpool.New(2)
			return func() { p.Submit(f) }, p.StopWait
		}),
		caller("(*github.com/gammazero/workerpool.WorkerPool).SubmitWait", func(f func()) { workerpool.New(2).SubmitWait(f) }),
		spawner("(*github.com/gammazero/workerpool.WorkerPool).Do", func(f func()) (func(), func()) {
			p := workerpool.New(2)
			return func() { p.Do(f) }, p.StopWait
		}),
		caller("(*github.com/gammazero/workerpool.WorkerPool).DoWait", func(f func()) { workerpool.New(2).DoWait(f) }),
		spawner("(*github.com/oklog/run.Group).Add", func(f func()) (func(), func()) {
			var g run.Group
			over := make(chan struct{})
			start := func() {
				g.Add(noError(f), func(error) {})
				go func() { g.Run(); close(over) }() // which starts it, and waits
			}
			return start, func() { <-over }
		}),
		caller("(*github.com/jellydator/ttlcache/v3.Cache).OnEviction", func(f func()) {
			c := ttlcache.New[int, int]()
			c.OnEviction(func(context.Context, ttlcache.EvictionReason, *ttlcache.Item[int, int]) { f() })
			for k := range 2 {
				c.Set(k, k, ttlcache.NoTTL)
				c.Delete(k)
			}
		}),
		caller("(*github.com/jellydator/ttlcache/v3.Cache).OnInsertion", func(f func()) {
			c := ttlcache.New[int, int]()
			c.OnInsertion(func(context.Context, *ttlcache.Item[int, int]) { f() })
			for k := range 2 {
				c.Set(k, k, ttlcache.NoTTL)
			}
		}),
		caller("(*github.com/patrickmn/go-cache.cache).OnEvicted", func(f func()) {
			c := cache.New(time.Minute, 0)
			c.OnEvicted(func(string, any) { f() })
			for _, k := range []string{"a", "b"} {
				c.Set(k, 1, time.Minute)
				go c.Delete(k)
			}
		}),
		caller("k8s.io/client-go/util/workqueue.ParallelizeUntil", func(f func()) {
			workqueue.ParallelizeUntil(context.Background(), 2, 2, func(int) { f() })
		}),
		caller("k8s.io/apimachinery/pkg/util/wait.Until", func(f func()) {
			stop := make(chan struct{})
			wait.Until(func() { f(); close(stop) }, time.Second, stop)
		}),
		caller("k8s.io/apimachinery/pkg/util/wait.UntilWithContext", func(f func()) {
			ctx, cancel := context.WithCancel(context.Background())
			wait.UntilWithContext(ctx, func(context.Context) { f(); cancel() }, time.Second)
		}),
		spawner("(*k8s.io/apimachinery/pkg/util/wait.Group).Start", func(f func()) (func(), func()) {
			var g wait.Group
			return func() { g.Start(f) }, g.Wait
		}),
		caller("github.com/prometheus/client_golang/prometheus.NewGaugeFunc", func(f func()) {
			gather(prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "g"}, func() float64 { f(); return 0 }))
		}),
		caller("(*github.com/VictoriaMetrics/metrics.Set).NewGauge", func(f func()) {
			s := metrics.NewSet()
			s.NewGauge("g", func() float64 { f(); return 0 })
			rowtest.Twice(func() { s.WritePrometheus(io.Discard) })
		}),
		caller("(github.com/prometheus/client_golang/prometheus.Collector).Collect", func(f func()) { gather(&collector{f: f}) }),
		handler("github.com/gin-gonic/gin.HandlerFunc", func(f func()) http.Handler {
			r := gin.New()
			r.GET("/", func(*gin.Context) { f() })
			return r
		}),
		handler("github.com/julienschmidt/httprouter.Handle", func(f func()) http.Handler {
			r := httprouter.New()
			r.GET("/", func(http.ResponseWriter, *http.Request, httprouter.Params) { f() })
			return r
		}),
		{Row: "github.com/valyala/fasthttp.RequestHandler", Start: func(t *testing.T, f func()) rowtest.Run {
			l := rowtest.Listen(t)
			return rowtest.Run{Call: func() {
				get("http://" + l.Addr().String())
				fasthttp.Serve(l, func(*fasthttp.RequestCtx) { f() })
			}}
		}},
		{Row: "github.com/miekg/dns.HandlerFunc", Start: func(t *testing.T, f func()) rowtest.Run {
			conn, err := net.ListenPacket("udp", "127.0.0.1:0")
			require.NoError(t, err)
			srv := &dns.Server{PacketConn: conn, Handler: dns.HandlerFunc(func(dns.ResponseWriter, *dns.Msg) { f() })}
			return rowtest.Run{Call: func() {
				ask := new(dns.Msg).SetQuestion("mapguard.test.", dns.TypeA)
				rowtest.Twice(func() { new(dns.Client).Exchange(ask.Copy(), conn.LocalAddr().String()) })
				srv.ActivateAndServe()
			}, Stop: func() { srv.Shutdown() }}
		}},
		caller("github.com/stretchr/testify/assert.Eventually", func(f func()) {
			assert.Eventually(new(testing.T), func() bool { f(); return true }, time.Minute, time.Millisecond)
		}),
	}
}

func noError(f func()) func() error { return func() error { f(); return nil } }

func handler(row string, wrap func(f func()) http.Handler) rowtest.Case {
	return rowtest.Case{Row: row, Start: func(_ *testing.T, f func()) rowtest.Run {
		srv := httptest.NewServer(wrap(f))
		return rowtest.Run{Call: func() { get(srv.URL) }, Stop: srv.Close}
	}}
}

// get makes two requests at once.
func get(at string) { rowtest.Twice(func() { http.Get(at) }) }

// gather has a collector scraped twice at once.
func gather(c prometheus.Collector) {
	r := prometheus.NewRegistry()
	r.MustRegister(c)
	rowtest.Twice(func() { r.Gather() })
}

type collector struct{ f func() }

func (c *collector) Describe(ch chan<- *prometheus.Desc) {
	ch <- prometheus.NewDesc("c", "", nil, nil)
}

func (c *collector) Collect(chan<- prometheus.Metric) { c.f() }
