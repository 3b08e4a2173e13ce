package handlers

import (
	"net/http"
	"sync"
)

// What a handler starts for its request runs beside what it starts for the next one.
type auditBad struct{ seen map[string]int }

func (a *auditBad) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	go a.note(r.URL.Path)
}

func (a *auditBad) note(path string) {
	a.seen[path]++ // want `map auditBad.seen is written here by several goroutines at once with no lock: the goroutine auditBad.note starts at spawned.go:\d+`
}

// To wait for it keeps this request together, not two of them apart.
type scanBad struct{ found map[string]int }

func (s *scanBad) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		s.found[r.URL.Path]++ // want `map scanBad.found is written here by several goroutines at once with no lock`
	}()
	wg.Wait()
}

// One goroutine for each of the gauges, in each request.
type gaugeBad struct{ descs map[string]string }

func (g *gaugeBad) update(name string) {
	if g.descs[name] == "" {
		g.descs[name] = "gauge " + name // want `map gaugeBad.descs is written here by several goroutines at once with no lock: the goroutine scrapeBad.ServeHTTP\$1 starts at spawned.go:\d+`
	}
}

type updaterBad interface{ update(name string) }

type scrapeBad struct{ all map[string]updaterBad }

func (s *scrapeBad) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	var wg sync.WaitGroup
	wg.Add(len(s.all))
	for name, u := range s.all {
		go func(name string, u updaterBad) {
			u.update(name)
			wg.Done()
		}(name, u)
	}
	wg.Wait()
}

// The other handler reads what the goroutine of this one writes.
type tallyBad struct{ hits map[string]int }

func (t *tallyBad) Hit(w http.ResponseWriter, r *http.Request) {
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		t.hits["all"] = 1 // want `map tallyBad.hits is written here`
	}()
	wg.Wait()
}

func (t *tallyBad) Show(w http.ResponseWriter, r *http.Request) { w.WriteHeader(t.hits["all"]) }

var lateBad = map[string]int{}

func LateBad(w http.ResponseWriter, r *http.Request) {
	go func() {
		lateBad[r.URL.Path]++ // want `map lateBad is written here by several goroutines at once with no lock`
	}()
}

// Each request has made its own map, however many goroutines fill it.
type gatherOk struct{ names []string }

func (g *gatherOk) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	var mu sync.Mutex
	var wg sync.WaitGroup
	out := map[string]int{}
	for _, n := range g.names {
		wg.Add(1)
		go func() {
			defer wg.Done()
			mu.Lock()
			out[n] = len(n)
			mu.Unlock()
		}()
	}
	wg.Wait()
	w.WriteHeader(len(out))
}

// What goes on for one request works on the request.
type tagOk struct{ n int }

func (t *tagOk) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	done := make(chan bool)
	go func() {
		r.Header["X-Seen"] = []string{"yes"}
		done <- true
	}()
	<-done
}

// A room that the request has named is opened by one of them, who starts its goroutine.
type roomOk struct{ lines map[string]int }

func (r *roomOk) run() { r.lines["open"]++ }

type hallOk struct {
	mu    sync.Mutex
	rooms map[string]*roomOk
}

func (h *hallOk) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.rooms[r.URL.Path] == nil {
		h.rooms[r.URL.Path] = &roomOk{lines: map[string]int{}}
		go h.rooms[r.URL.Path].run()
	}
}

// The first request starts what all need.
type warmOk struct {
	once sync.Once
	hot  map[string]int
}

func (h *warmOk) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h.once.Do(func() {
		go func() { h.hot["all"] = 1 }()
	})
}

type lockedOk struct {
	mu   sync.Mutex
	seen map[string]int
}

func (l *lockedOk) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	go func() {
		l.mu.Lock()
		l.seen[r.URL.Path]++
		l.mu.Unlock()
	}()
}

// Each gauge has a lock.
type gaugeOk struct {
	mu    sync.Mutex
	descs map[string]string
}

func (g *gaugeOk) refresh(name string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.descs[name] = "gauge " + name
}

type scrapeOk struct{ all map[string]*gaugeOk }

func (s *scrapeOk) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	for name, g := range s.all {
		go g.refresh(name)
	}
}

// So it does where a flag says whether that has been done, or the channel by which it is ended is there.
type flaggedOk struct {
	mu      sync.Mutex
	started bool
	stop    chan struct{}
	hot     map[string]int
	cold    map[string]int
}

func (f *flaggedOk) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.warm()
	if f.stop == nil {
		f.stop = make(chan struct{})
		go func() {
			f.cold["all"] = 1
			<-f.stop
		}()
	}
}

func (f *flaggedOk) warm() {
	if f.started {
		return
	}
	f.started = true
	go func() { f.hot["all"] = 1 }()
}

// A flag that nobody sets keeps nobody out.
type quietBad struct {
	quiet bool
	hot   map[string]int
}

func (q *quietBad) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if !q.quiet {
		go func() {
			q.hot["all"] = 1 // want `map quietBad.hot is written here by several goroutines at once with no lock`
		}()
	}
}

// The same where the handlers are registered here.
type desk struct {
	once    sync.Once
	started bool
	hot     map[string]int
	cold    map[string]int
	late    map[string]int
}

func (d *desk) warm(w http.ResponseWriter, r *http.Request) {
	d.once.Do(func() {
		go func() { d.hot["all"] = 1 }()
	})
}

func (d *desk) cool(w http.ResponseWriter, r *http.Request) {
	if !d.started {
		d.started = true
		go func() { d.cold["all"] = 1 }()
	}
}

func (d *desk) lateBad(w http.ResponseWriter, r *http.Request) {
	go func() {
		d.late["all"] = 1 // want `map desk.late is written here by several goroutines at once with no lock`
	}()
}

func openDesk() {
	d := &desk{hot: map[string]int{}, cold: map[string]int{}, late: map[string]int{}}
	http.HandleFunc("/warm", d.warm)
	http.HandleFunc("/cool", d.cool)
	http.HandleFunc("/late", d.lateBad)
	http.ListenAndServe(":80", nil)
}

// More methods behind an interface than are followed.
type probe interface{ run(name string) }

type FN_Disk struct{ seen map[string]int }

func (d *FN_Disk) run(name string) { d.seen[name]++ }

type cpuProbe struct{ n int }
type netProbe struct{ n int }
type memProbe struct{ n int }
type fanProbe struct{ n int }

func (p *cpuProbe) run(name string) { p.n += len(name) }
func (p *netProbe) run(name string) { p.n += len(name) }
func (p *memProbe) run(name string) { p.n += len(name) }
func (p *fanProbe) run(name string) { p.n += len(name) }

type probesFN struct{ all []probe }

func (p *probesFN) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	for _, one := range p.all {
		go one.run(r.URL.Path)
	}
}
