// Package frozen has maps that are set up once and then only read, and one that is reloaded.
package frozen

import "sync"

var limits = map[string]int{"free": 10}

// A package table that nobody writes.
func LimitOk(plans []string, out chan<- int) {
	for _, p := range plans {
		go func() { out <- limits[p] }()
	}
}

var extra = map[string]int{}

func init() { extra["gold"] = 1000 }

// Filled in init, then only read.
func ExtraOk(plans []string, out chan<- int) {
	for _, p := range plans {
		go func() { out <- extra[p] }()
	}
}

type config struct{ opts map[string]string }

// Set up, then given to goroutines that read.
func ServeOk(names []string, out chan<- string) {
	c := &config{opts: map[string]string{}}
	for _, n := range names {
		c.opts[n] = n
	}
	for range 4 {
		go c.run(out)
	}
}

func (c *config) run(out chan<- string) {
	for _, v := range c.opts {
		out <- v
	}
}

type dispatcherOk struct{ on map[string]func() }

func newDispatcherOk() *dispatcherOk { return &dispatcherOk{on: map[string]func(){}} }

func (d *dispatcherOk) handle(k string, f func()) { d.on[k] = f }

func (d *dispatcherOk) run(in chan string) {
	for k := range in {
		d.on[k]()
	}
}

// Handlers are added before the dispatcher runs.
func DispatchOk(in chan string) {
	d := newDispatcherOk()
	d.handle("open", func() {})
	d.handle("shut", func() {})
	go d.run(in)
}

type dispatcherBad struct{ on map[string]func() }

func (d *dispatcherBad) handle(k string, f func()) {
	d.on[k] = f // want `map dispatcherBad.on is written here and read at frozen.go:\d+ with no lock in common: the goroutine dispatcherBad.run`
}

func (d *dispatcherBad) run(in chan string) {
	for k := range in {
		d.on[k]()
	}
}

// One handler is added too late.
func DispatchBad(in chan string) {
	d := &dispatcherBad{on: map[string]func(){}}
	d.handle("open", func() {})
	go d.run(in)
	d.handle("shut", func() {})
}

type ReloadBad struct {
	table  map[string]int
	signal chan string
}

// A signal loop writes in place what the workers read.
func (r *ReloadBad) Start(in chan string, out chan int) {
	go r.watch()
	for range 4 {
		go r.work(in, out)
	}
}

func (r *ReloadBad) watch() {
	for k := range r.signal {
		r.table[k] = 1 // want `map ReloadBad.table is written here and read at frozen.go:\d+ with no lock in common: the goroutine ReloadBad.watch`
	}
}

func (r *ReloadBad) work(in chan string, out chan int) {
	for k := range in {
		out <- r.table[k]
	}
}

type ReloadOk struct {
	mu     sync.RWMutex
	table  map[string]int
	signal chan string
}

// The same with a lock.
func (r *ReloadOk) Start(in chan string, out chan int) {
	go r.watch()
	for range 4 {
		go r.work(in, out)
	}
}

func (r *ReloadOk) watch() {
	for k := range r.signal {
		r.mu.Lock()
		r.table[k] = 1
		r.mu.Unlock()
	}
}

func (r *ReloadOk) work(in chan string, out chan int) {
	for k := range in {
		r.mu.RLock()
		out <- r.table[k]
		r.mu.RUnlock()
	}
}

type OptionsOk struct{ flags map[string]bool }

// An exported setter and a worker that reads: by convention the setter comes first, and nothing here shows otherwise.
func (o *OptionsOk) Set(k string) { o.flags[k] = true }

func (o *OptionsOk) Run(in chan string) {
	go func() {
		for k := range in {
			_ = o.flags[k]
		}
	}()
}

type Option func(*OptionedOk)

type OptionedOk struct{ flags map[string]bool }

// A functional option writes while the constructor owns the object.
func WithFlag(k string) Option { return func(o *OptionedOk) { o.flags[k] = true } }

func NewOptionedOk(in chan string, opts ...Option) *OptionedOk {
	o := &OptionedOk{flags: map[string]bool{}}
	for _, opt := range opts {
		opt(o)
	}
	go o.loop(in)
	return o
}

func (o *OptionedOk) loop(in chan string) {
	for k := range in {
		_ = o.flags[k]
	}
}

// The setter locks and refuses once started, so the bare reads of the loop are correct.
type HooksOk struct {
	mu      sync.Mutex
	started bool
	hooks   map[string]int
}

func (h *HooksOk) Use(k string) { h.use(k) }

func (h *HooksOk) use(k string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.started {
		return
	}
	h.hooks[k] = 1
}

func (h *HooksOk) Run(in chan string) {
	h.mu.Lock()
	h.started = true
	h.mu.Unlock()
	go h.loop(in)
}

func (h *HooksOk) loop(in chan string) {
	for k := range in {
		_ = h.hooks[k] // set up before the start
	}
}

// The reader is any caller, not a goroutine that was started later.
func (h *HooksLenBad) Len() int {
	return len(h.hooks) // want `map HooksLenBad.hooks is measured without HooksLenBad.mu`
}

type HooksLenBad struct {
	mu      sync.Mutex
	started bool
	hooks   map[string]int
}

func (h *HooksLenBad) Use(k string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if !h.started {
		h.hooks[k] = 1
	}
}

func (h *HooksLenBad) Run(in chan string) {
	h.mu.Lock()
	h.started = true
	h.mu.Unlock()
	go func() {
		for range in {
			h.Len()
		}
	}()
}

// The flag says that it is over, not that it has begun.
type HooksClosedBad struct {
	mu     sync.Mutex
	closed bool
	hooks  map[string]int
}

func (h *HooksClosedBad) Use(k string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.closed {
		return
	}
	h.hooks[k] = 1
}

func (h *HooksClosedBad) Run(in chan string) {
	go h.loop(in)
}

func (h *HooksClosedBad) loop(in chan string) {
	for k := range in {
		_ = h.hooks[k] // want `map HooksClosedBad.hooks is read without HooksClosedBad.mu`
	}
}

func (h *HooksClosedBad) Close() {
	h.mu.Lock()
	h.closed = true
	h.mu.Unlock()
}

// The setter looks at the flag, and lets the lock go before it writes under it again.
type HooksRelockBad struct {
	mu      sync.Mutex
	started bool
	hooks   map[string]int
}

func (h *HooksRelockBad) Use(k string) {
	h.mu.Lock()
	if h.started {
		h.mu.Unlock()
		return
	}
	h.mu.Unlock()
	h.mu.Lock()
	h.hooks[k] = 1
	h.mu.Unlock()
}

func (h *HooksRelockBad) Run(in chan string) {
	h.mu.Lock()
	h.started = true
	h.mu.Unlock()
	go h.loop(in)
}

func (h *HooksRelockBad) loop(in chan string) {
	for k := range in {
		_ = h.hooks[k] // want `map HooksRelockBad.hooks is read without HooksRelockBad.mu`
	}
}

// Closed under the lock, and drained after it: nobody adds any more.
type DrainOk struct {
	mu     sync.Mutex
	closed bool
	conns  map[string]int
}

func (d *DrainOk) Add(k string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.closed {
		return
	}
	d.conns[k] = 1
}

func (d *DrainOk) Close() {
	d.mu.Lock()
	d.closed = true
	d.mu.Unlock()
	for range d.conns {
	}
}

type logger interface{ Fatalf(string, ...any) }

// The setter refuses by a logger that ends the program.
type HooksFatalOk struct {
	mu      sync.Mutex
	log     logger
	started bool
	hooks   map[string]int
}

func (h *HooksFatalOk) Use(k string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.started {
		h.log.Fatalf("too late for %s", k)
	}
	h.hooks[k] = 1
}

func (h *HooksFatalOk) Run(in chan string) {
	h.mu.Lock()
	h.started = true
	h.mu.Unlock()
	go func() {
		for k := range in {
			_ = h.hooks[k]
		}
	}()
}
