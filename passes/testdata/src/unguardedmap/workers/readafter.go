package workers

import (
	"net/http"
	"sync"
)

// What several goroutines do to one object in a function that takes the lock to write, and then looks without it.

type tally struct {
	mu sync.Mutex
	m  map[string]int
}

func (t *tally) add(k string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.m[k]++
}

func (t *tally) workBad(ch chan string) {
	for k := range ch {
		t.mu.Lock()
		t.m[k] = 1
		t.mu.Unlock()
		println(t.m[k]) // want `map tally.m is read without tally.mu`
	}
}

func (t *tally) Serve(ch chan string) {
	for range 4 {
		go t.workBad(ch)
	}
}

type count struct {
	mu sync.Mutex
	m  map[string]int
}

func (c *count) add(k string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.m[k]++
}

func countBad(c *count, k string) {
	c.add(k)
	println(c.m[k]) // want `map count.m is read without count.mu`
}

func Counts(ch chan string) {
	c := &count{m: map[string]int{}}
	one := func(k string) { countBad(c, k) }
	for k := range ch {
		go one(k)
	}
}

type visits struct {
	mu sync.Mutex
	m  map[string]int
}

func (v *visits) add(k string) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.m[k]++
}

func visitBad(v *visits, k string) {
	v.add(k)
	println(v.m[k]) // want `map visits.m is read without visits.mu`
}

var allVisits = &visits{m: map[string]int{}}

func ServeVisits() {
	http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) { visitBad(allVisits, r.URL.Path) })
}

// stock is worked on by one goroutine for each.
type stock struct {
	mu sync.Mutex
	m  map[string]int
}

func (s *stock) add(k string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.m[k]++
}

func (s *stock) workOk(ch chan string) {
	for k := range ch {
		s.add(k)
		println(s.m[k])
	}
}

func Stocks(all []*stock, ch chan string) {
	for _, s := range all {
		go s.workOk(ch)
	}
}

func NewStocks(ch chan string) {
	for range 4 {
		s := &stock{m: map[string]int{}}
		go s.workOk(ch)
	}
}

// shelf has one worker.
type shelf struct {
	mu sync.Mutex
	m  map[string]int
}

func (s *shelf) add(k string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.m[k]++
}

func (s *shelf) workOk(ch chan string) {
	for k := range ch {
		s.add(k)
		println(s.m[k])
	}
}

func Shelf(ch chan string) {
	s := &shelf{m: map[string]int{}}
	go s.workOk(ch)
}

// ward has a bed for each of its goroutines.
type ward struct{ beds map[int]*bed }

type bed struct {
	mu sync.Mutex
	m  map[string]int
}

func (b *bed) add(k string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.m[k]++
}

func (b *bed) useOk(k string) {
	b.add(k)
	println(b.m[k])
}

func (w *ward) nurse(i int, ch chan string) {
	for k := range ch {
		w.beds[i].useOk(k)
	}
}

func Ward(w *ward, ch chan string) {
	for i := range 4 {
		go w.nurse(i, ch)
	}
}

// cart is worked on by one goroutine for each, too, which start at two places.
type cart struct {
	mu sync.Mutex
	m  map[string]int
}

func (c *cart) add(k string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.m[k]++
}

func (c *cart) work(ch chan string) {
	for k := range ch {
		c.add(k)
		println(c.m[k])
	}
}

func Carts(ch chan string) {
	a, b := &cart{m: map[string]int{}}, &cart{m: map[string]int{}}
	go a.work(ch)
	go b.work(ch)
}

var (
	layersMu sync.Mutex
	layers   map[string]int
)

func loadLayers() {
	layersMu.Lock()
	layers = map[string]int{"a": 1}
	layersMu.Unlock()
}

func layerBad(k string) int {
	return layers[k] // want `variable layers is read without layersMu, under which it is replaced`
}

type layerHandler func(w http.ResponseWriter, r *http.Request) error

func (h layerHandler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if err := h(w, r); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
	}
}

// showLayer is run for each request: a package variable is one for all of them.
func showLayer(w http.ResponseWriter, r *http.Request) error {
	loadLayers()
	println(layerBad(r.URL.Path))
	return nil
}

func ServeLayers() { http.Handle("/layers", layerHandler(showLayer)) }
