package instances

import (
	"net/http"
	"sync"
)

// Objects that one function makes, and gives to goroutines and handlers which lock in a method.
type drawer struct {
	mu    sync.RWMutex
	files map[string]int
}

func (d *drawer) put(name string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.files[name]++
}

func (d *drawer) all() map[string]int {
	d.mu.RLock()
	defer d.mu.RUnlock()
	return d.files
}

func twoOk() {
	a, b := &drawer{files: map[string]int{}}, &drawer{files: map[string]int{}}
	go func() {
		for {
			a.put("x")
		}
	}()
	go func() {
		for name := range b.all() {
			println(name)
		}
	}()
}

type binder struct {
	mu    sync.RWMutex
	files map[string]int
}

func (b *binder) put(name string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.files[name]++
}

func (b *binder) all() map[string]int {
	b.mu.RLock()
	defer b.mu.RUnlock()
	return b.files
}

var first, second = &binder{files: map[string]int{}}, &binder{files: map[string]int{}}

func twoHandlersOk() {
	http.HandleFunc("/put", func(w http.ResponseWriter, r *http.Request) { first.put(r.URL.Path) })
	http.HandleFunc("/all", func(w http.ResponseWriter, r *http.Request) {
		for name := range second.all() {
			println(name)
		}
	})
}

// Two of one type in the fields of an object.
type lectern struct{ left, right *sheaf }

type sheaf struct {
	mu    sync.RWMutex
	files map[string]int
}

func (t *sheaf) put(name string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.files[name]++
}

func (t *sheaf) all() map[string]int {
	t.mu.RLock()
	defer t.mu.RUnlock()
	return t.files
}

func FP_lecternHandlers() {
	d := &lectern{&sheaf{files: map[string]int{}}, &sheaf{files: map[string]int{}}}
	http.HandleFunc("/put", func(w http.ResponseWriter, r *http.Request) { d.left.put(r.URL.Path) })
	http.HandleFunc("/all", func(w http.ResponseWriter, r *http.Request) {
		for name := range d.right.all() { // want `map sheaf.files is iterated after sheaf.mu, under which it was taken, is released`
			println(name)
		}
	})
}

// One object behind another one: one goroutine writes its map bare, one in a method.
type locker struct{ box *sealed }

type sealed struct {
	mu    sync.Mutex
	files map[string]int
}

func (b *sealed) put(name string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.files[name]++ // want `map sealed.files is written here and written at started.go:114 with no lock in common`
}

func lockerBad() {
	c := &locker{&sealed{files: map[string]int{}}}
	go func() { c.box.files["a"] = 1 }()
	go c.box.put("b")
}

func (c *locker) run() {
	for {
		c.box.put("c")
	}
}

// One object in two package variables: it should be reported.
type folder struct {
	mu    sync.RWMutex
	files map[string]int
}

func (f *folder) put(name string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.files[name]++
}

func (f *folder) all() map[string]int {
	f.mu.RLock()
	defer f.mu.RUnlock()
	return f.files
}

var (
	opened  = &folder{files: map[string]int{}}
	current = opened
)

func FN_folders() {
	http.HandleFunc("/put", func(w http.ResponseWriter, r *http.Request) { opened.put(r.URL.Path) })
	http.HandleFunc("/all", func(w http.ResponseWriter, r *http.Request) {
		for name := range current.all() {
			println(name)
		}
	})
}
