package handover

import "sync"

// The lock goes to what the goroutine runs, which a wrapper calls that catches panics.

func caught(fn func()) {
	defer func() { _ = recover() }()
	fn()
}

type dialerOk struct {
	mu    sync.Mutex
	rates map[string]int
}

func (d *dialerOk) Open() {
	d.mu.Lock()
	go caught(func() {
		defer d.mu.Unlock()
		d.rates["a"] = 1
	})
}

func (d *dialerOk) Get() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.rates["a"]
}

type dialerBad struct {
	mu    sync.Mutex
	rates map[string]int
}

// The parent keeps its lock, until it has started the goroutine.
func (d *dialerBad) Open() {
	d.mu.Lock()
	defer d.mu.Unlock()
	go caught(func() {
		d.rates["a"] = 1 // want `map dialerBad.rates is written here and written`
	})
	d.rates["b"] = 1
}

type lateBad struct {
	mu    sync.Mutex
	rates map[string]int
}

// The lock has gone when the parent writes.
func (d *lateBad) Open() {
	d.mu.Lock()
	go caught(func() {
		defer d.mu.Unlock()
		d.rates["a"] = 1 // want `map lateBad.rates is written here and written`
	})
	d.rates["b"] = 1
}

func (d *lateBad) Get() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.rates["a"]
}
