// Package initorder has maps that are set up before anything runs beside it, or too late.
package initorder

import "sync"

var zones = map[string]int{}

// Filled by init, read by goroutines.
func init() { zones["utc"] = 0 }

func ZoneOk(names []string, out chan<- int) {
	for _, n := range names {
		go func() { out <- zones[n] }()
	}
}

var units = buildUnits()

// Filled by a helper of the initialiser, on a map that is not yet the variable's.
func buildUnits() map[string]int {
	m := map[string]int{}
	addUnit(m, "m", 1)
	addUnit(m, "km", 1000)
	return m
}

func addUnit(m map[string]int, name string, n int) { m[name] = n }

func UnitOk(out chan<- int) {
	go func() { out <- units["km"] }()
}

var ratesBad = map[string]int{}

// init starts the reader and goes on filling.
func init() {
	go watchRatesBad()
	ratesBad["eur"] = 100 // want `map ratesBad is written here and iterated at initorder.go:\d+ with no lock in common: the goroutine watchRatesBad starts at`
}

func watchRatesBad() {
	for range ratesBad {
	}
}

var ratesOk = map[string]int{}

// init fills and then starts the reader.
func init() {
	ratesOk["eur"] = 100
	go watchRatesOk()
}

func watchRatesOk() {
	for range ratesOk {
	}
}

var quotesBad = map[string]int{}

// init starts a writer that runs beside the functions of the package.
func init() { go feedQuotesBad(make(chan string)) }

func feedQuotesBad(in chan string) {
	for k := range in {
		quotesBad[k] = 1 // want `map quotesBad is written here and read at initorder.go:\d+ with no lock in common`
	}
}

func QuoteBad(k string) int { return quotesBad[k] }

type CatalogOk struct {
	mu    sync.Mutex
	items map[string]int
}

// Helpers of the constructor, two levels deep, need no lock before publication.
func NewCatalogOk() *CatalogOk {
	c := &CatalogOk{items: map[string]int{}}
	c.load()
	go c.watch()
	return c
}

func (c *CatalogOk) load() { c.restore("a") }

func (c *CatalogOk) restore(k string) { c.items[k] = 1 }

func (c *CatalogOk) watch() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for k := range c.items {
		delete(c.items, k)
	}
}

func (c *CatalogOk) Put(k string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.items[k] = 2
}

type CatalogBad struct{ items map[string]int }

// The constructor has already started the goroutine that iterates.
func NewCatalogBad() *CatalogBad {
	c := &CatalogBad{items: map[string]int{}}
	go c.watch()
	c.load()
	return c
}

func (c *CatalogBad) load() {
	c.items["a"] = 1 // want `map CatalogBad.items is written here and iterated at initorder.go:\d+ with no lock in common: the goroutine CatalogBad.watch`
}

func (c *CatalogBad) watch() {
	for range c.items {
	}
}

type CatalogLockedBad struct {
	mu    sync.Mutex
	items map[string]int
}

// All lock but the constructor, and the watcher is running when it fills.
func NewCatalogLockedBad() *CatalogLockedBad {
	c := &CatalogLockedBad{items: map[string]int{}}
	go c.watch()
	c.items["a"] = 1 // want `map CatalogLockedBad.items is written`
	return c
}

func (c *CatalogLockedBad) watch() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for k := range c.items {
		delete(c.items, k)
	}
}

func (c *CatalogLockedBad) Put(k string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.items[k] = 2
}

type CatalogLateOk struct {
	mu    sync.Mutex
	items map[string]int
}

// The constructor fills after the start of its goroutine, under the lock.
func NewCatalogLateOk() *CatalogLateOk {
	c := &CatalogLateOk{items: map[string]int{}}
	go c.watch()
	c.mu.Lock()
	c.items["a"] = 1
	c.mu.Unlock()
	return c
}

func (c *CatalogLateOk) watch() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for range c.items {
	}
}

type SensorOk struct {
	cal map[string]int
	in  chan string
}

// Init makes a new map, Start fills it and then starts: setup, though both are exported.
func (s *SensorOk) Init() { s.cal = map[string]int{} }

func (s *SensorOk) Start() {
	s.cal = map[string]int{}
	s.cal["zero"] = 0
	go s.loop()
}

func (s *SensorOk) loop() {
	for k := range s.in {
		_ = s.cal[k]
	}
}

type SensorBad struct {
	cal map[string]int
	in  chan string
}

// Start fills after it has started.
func (s *SensorBad) Start() {
	s.cal = map[string]int{}
	go s.loop()
	s.cal["zero"] = 0 // want `map SensorBad.cal is written here and read at initorder.go:\d+ with no lock in common`
}

func (s *SensorBad) loop() {
	for k := range s.in {
		_ = s.cal[k]
	}
}

type ArenaOk struct {
	mu    sync.Mutex
	slots map[string]int
}

// A reset by a fresh map before the goroutine, without the lock that the others take.
func (a *ArenaOk) reset() { a.slots = map[string]int{} }

func (a *ArenaOk) Open() {
	a.reset()
	go a.fill()
}

func (a *ArenaOk) fill() {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.slots["x"] = 1
}

func (a *ArenaOk) Get(k string) int {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.slots[k]
}

var codecs = map[string]func() int{}

// A registry filled from init, read from goroutines.
func RegisterOk(name string, f func() int) { codecs[name] = f }

func init() {
	RegisterOk("gob", func() int { return 1 })
	RegisterOk("xml", func() int { return 2 })
}

func CodecOk(name string, out chan<- int) {
	go func() {
		if f, ok := codecs[name]; ok {
			out <- f()
		}
	}()
}

var pluginsBad = map[string]int{}

// A registry that a goroutine goes on filling.
func RegisterBad(name string) {
	pluginsBad[name] = 1 // want `map pluginsBad is written here .* with no lock`
}

func init() { RegisterBad("core") }

func OnPluginBad(found chan string) {
	go func() {
		for name := range found {
			RegisterBad(name)
		}
	}()
}

func PluginBad(name string) int { return pluginsBad[name] }
