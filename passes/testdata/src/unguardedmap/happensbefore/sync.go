package happensbefore

import (
	"iter"
	"maps"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/sync/singleflight"
)

var units = map[string]int{}

var loadUnits = sync.OnceFunc(func() {
	units["m"] = 1 // want `map units is written here and read at sync.go:\d+ with no lock in common`
})

// Whoever has called it comes after what it did.
func UnitOk(in chan string, out chan int) {
	for range 2 {
		go func() {
			loadUnits()
			out <- units[<-in]
		}()
	}
}

// This one has not.
func UnitBad(in chan string, out chan int) {
	go loadUnits()
	out <- units[<-in]
}

var zones = map[string]int{}

var loadZones = sync.OnceFunc(func() { zones["utc"] = 1 })

func WarmZonesOk() { go loadZones() }

func ZoneOk(k string) int {
	loadZones()
	return zones[k]
}

type lazyOk struct {
	load  func()
	words map[string]int
}

func newLazyOk() *lazyOk {
	l := &lazyOk{words: map[string]int{}}
	l.load = sync.OnceFunc(func() { l.words["a"] = 1 })
	return l
}

func LazyOk(keys []string) {
	l := newLazyOk()
	for _, k := range keys {
		go func() {
			l.load()
			_ = l.words[k]
		}()
	}
}

// A function that is no OnceFunc runs each time.
func LazyBad(keys []string) {
	words := map[string]int{}
	load := func() {
		words["a"] = 1 // want `map words is written here by several goroutines at once with no lock`
	}
	for _, k := range keys {
		go func() {
			load()
			_ = words[k]
		}()
	}
}

func LocalOnceOk(keys []string) {
	words := map[string]int{}
	load := sync.OnceFunc(func() { words["a"] = 1 })
	for _, k := range keys {
		go func() {
			load()
			_ = words[k]
		}()
	}
}

func LocalOnceBad(keys []string) {
	words := map[string]int{}
	load := sync.OnceFunc(func() { words["a"] = 1 })
	for _, k := range keys {
		go func() {
			load()
			words[k]++ // want `map words is written here by several goroutines at once with no lock`
		}()
	}
}

func ValueOk(keys []string) {
	table := sync.OnceValue(func() map[string]int { return map[string]int{"a": 1} })
	for _, k := range keys {
		go func() { _ = table()[k] }()
	}
}

// All get the same map.
func ValueBad(keys []string) {
	table := sync.OnceValue(func() map[string]int { return map[string]int{} })
	for _, k := range keys {
		go func() {
			table()[k]++ // want `map .* is written here by several goroutines at once with no lock`
		}()
	}
}

var lookup = sync.OnceValues(func() (map[string]int, error) { return map[string]int{"a": 1}, nil })

func ValuesOk(keys []string) {
	for _, k := range keys {
		go func() {
			m, err := lookup()
			if err == nil {
				_ = m[k]
			}
		}()
	}
}

var registry = sync.OnceValues(func() (map[string]int, error) { return map[string]int{}, nil })

func ValuesBad(keys []string) {
	for _, k := range keys {
		go func() {
			m, err := registry()
			if err == nil {
				m[k]++ // want `map .* is written here by several goroutines at once with no lock`
			}
		}()
	}
}

// What the pool hands out is ours until it is put back.
var scratch = sync.Pool{New: func() any { return map[string]int{} }}

func PooledOk(keys []string) {
	for _, k := range keys {
		go func() {
			m := scratch.Get().(map[string]int)
			m[k]++
			clear(m)
			scratch.Put(m)
		}()
	}
}

// One map for all.
func PooledBad(keys []string) {
	m := scratch.Get().(map[string]int)
	for _, k := range keys {
		go func() {
			m[k]++ // want `map m is written here by several goroutines at once with no lock`
		}()
	}
}

// The iterator runs when it is asked, on the goroutine that asks.
func PullOk() int {
	m := map[string]int{}
	next, stop := iter.Pull(func(yield func(string) bool) {
		m["a"] = 1
		yield("a")
	})
	defer stop()
	next()
	return len(m)
}

func PullLockedOk(keys []string) {
	var mu sync.Mutex
	m := map[string]int{}
	next, stop := iter.Pull(func(yield func(string) bool) {
		for _, k := range keys {
			m[k]++
			if !yield(k) {
				return
			}
		}
	})
	defer stop()
	var wg sync.WaitGroup
	for range 2 {
		wg.Go(func() {
			mu.Lock()
			defer mu.Unlock()
			next()
		})
	}
	wg.Wait()
}

// Another goroutine asks.
func PullBad(keys []string) int {
	m := map[string]int{}
	next, _ := iter.Pull(func(yield func(string) bool) {
		for _, k := range keys {
			m[k]++ // want `map m is written here and measured at sync.go:\d+ with no lock in common`
			if !yield(k) {
				return
			}
		}
	})
	go next()
	return len(m)
}

// A flag that is set once the map is full.
type readyOk struct {
	ready atomic.Bool
	m     map[string]int
}

func (r *readyOk) Start() {
	go func() {
		r.m["a"] = 1
		r.ready.Store(true)
	}()
}

func (r *readyOk) Get(k string) int {
	if !r.ready.Load() {
		return 0
	}
	return r.m[k]
}

type readyLateBad struct {
	ready atomic.Bool
	m     map[string]int
}

// Filled after the flag was set.
func (r *readyLateBad) Start() {
	go func() {
		r.ready.Store(true)
		r.m["a"] = 1 // want `map readyLateBad.m is written here and read at sync.go:\d+ with no lock in common`
	}()
}

func (r *readyLateBad) Get(k string) int {
	if !r.ready.Load() {
		return 0
	}
	return r.m[k]
}

type readyBareBad struct {
	ready atomic.Bool
	m     map[string]int
}

func (r *readyBareBad) Start() {
	go func() {
		r.m["a"] = 1 // want `map readyBareBad.m is written here and read at sync.go:\d+ with no lock in common`
		r.ready.Store(true)
	}()
}

// Nobody asked for the flag.
func (r *readyBareBad) Get(k string) int { return r.m[k] }

type readyNumberOk struct {
	state atomic.Int32
	m     map[string]int
}

func (r *readyNumberOk) Start() {
	go func() {
		r.m["a"] = 1
		r.state.Store(1)
	}()
}

func (r *readyNumberOk) Get(k string) int {
	if r.state.Load() == 1 {
		return r.m[k]
	}
	return 0
}

type readyFuncOk struct {
	state int32
	m     map[string]int
}

func (r *readyFuncOk) Start() {
	go func() {
		r.m["a"] = 1
		atomic.StoreInt32(&r.state, 1)
	}()
}

func (r *readyFuncOk) Get(k string) int {
	if atomic.LoadInt32(&r.state) == 0 {
		return 0
	}
	return r.m[k]
}

type readyTurnBad struct {
	ready atomic.Bool
	m     map[string]int
}

// Set back and filled again: the reader may have asked before.
func (r *readyTurnBad) Start(in chan string) {
	go func() {
		for k := range in {
			r.ready.Store(false)
			r.m[k]++ // want `map readyTurnBad.m is written here and read at sync.go:\d+ with no lock in common`
			r.ready.Store(true)
		}
	}()
}

func (r *readyTurnBad) Get(k string) int {
	if !r.ready.Load() {
		return 0
	}
	return r.m[k]
}

// A sync.Map hands out the same inner map to all.
func InnerBad(keys []string) {
	var users sync.Map
	users.Store("all", map[string]int{})
	for _, k := range keys {
		go func() {
			if v, ok := users.Load("all"); ok {
				v.(map[string]int)[k]++ // want `map .* is written here by several goroutines at once with no lock`
			}
		}()
	}
}

// What it holds is only read.
func InnerOk(keys []string) {
	var users sync.Map
	users.Store("all", map[string]int{"a": 1})
	for _, k := range keys {
		go func() {
			if v, ok := users.Load("all"); ok {
				_ = v.(map[string]int)[k]
			}
		}()
	}
}

// Stop does not wait for a timer that runs already.
func TimerBad() int {
	m := map[string]int{}
	t := time.AfterFunc(time.Second, func() {
		m["a"] = 1 // want `map m is written here and measured at sync.go:\d+ with no lock in common`
	})
	t.Stop()
	return len(m)
}

// What the timer says when it is done.
func TimerOk() int {
	m := map[string]int{}
	fired := make(chan struct{})
	time.AfterFunc(time.Second, func() {
		defer close(fired)
		m["a"] = 1
	})
	<-fired
	return len(m)
}

// Stopped in time, it never runs.
func FP_TimerStopped() int {
	m := map[string]int{}
	t := time.AfterFunc(time.Second, func() {
		m["a"] = 1 // want `map m is written here and measured at sync.go:\d+ with no lock in common`
	})
	if t.Stop() {
		return len(m)
	}
	return 0
}

// One flight for each key: two keys at once.
func FlightBad(keys []string) {
	var g singleflight.Group
	m := map[string]int{}
	for _, k := range keys {
		go g.Do(k, func() (any, error) {
			m[k] = 1 // want `map m is written here by several goroutines at once with no lock`
			return nil, nil
		})
	}
}

func FlightOk(keys []string) {
	var g singleflight.Group
	var mu sync.Mutex
	m := map[string]int{}
	for _, k := range keys {
		go g.Do(k, func() (any, error) {
			mu.Lock()
			defer mu.Unlock()
			m[k] = 1
			return nil, nil
		})
	}
}

// Sorted keys of a map that was filled before.
func SortedOk(m map[string]int, out chan []string) {
	go func() { out <- slices.Sorted(maps.Keys(m)) }()
	<-out
	m["a"] = 1
}

type condOk struct {
	mu    sync.Mutex
	ready *sync.Cond
	full  bool
	m     map[string]int
}

func newCondOk() *condOk {
	c := &condOk{m: map[string]int{}}
	c.ready = sync.NewCond(&c.mu)
	return c
}

func (c *condOk) Fill() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.m["a"] = 1
	c.full = true
	c.ready.Broadcast()
}

func (c *condOk) Take() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	for !c.full {
		c.ready.Wait()
	}
	delete(c.m, "a")
	return len(c.m)
}

type condBad struct {
	mu    sync.Mutex
	ready *sync.Cond
	full  bool
	m     map[string]int
}

func newCondBad() *condBad {
	c := &condBad{m: map[string]int{}}
	c.ready = sync.NewCond(&c.mu)
	return c
}

func (c *condBad) Fill() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.m["a"] = 1
	c.full = true
	c.ready.Broadcast()
}

// Waiting gives the lock back before it returns; after the unlock it is gone.
func (c *condBad) Take() int {
	c.mu.Lock()
	for !c.full {
		c.ready.Wait()
	}
	c.mu.Unlock()
	return len(c.m) // want `map condBad.m is measured without condBad.mu`
}
