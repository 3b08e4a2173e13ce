package cow

import (
	"sync"
	"time"
)

// Maps that are put in place empty, and filled there.

type tariff struct {
	mu    sync.Mutex
	rates map[string]int
}

func (t *tariff) rate(k string) int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.rates[k]
}

func (t *tariff) reset() {
	t.rates = map[string]int{}
	t.rates["base"] = 1 // want `map tariff.rates is written here and read at filled.go:\d+ with no lock in common`
}

func Charge() {
	t := &tariff{rates: map[string]int{}}
	go func() {
		for range time.Tick(time.Second) {
			t.reset()
		}
	}()
	for {
		t.rate("base")
	}
}

type tariffOk struct {
	mu    sync.Mutex
	rates map[string]int
}

func (t *tariffOk) rate(k string) int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.rates[k]
}

// The map is filled before it is put in place, under the lock.
func (t *tariffOk) reset() {
	next := map[string]int{}
	next["base"] = 1
	t.mu.Lock()
	t.rates = next
	t.mu.Unlock()
}

func ChargeOk() {
	t := &tariffOk{rates: map[string]int{}}
	go func() {
		for range time.Tick(time.Second) {
			t.reset()
		}
	}()
	for {
		t.rate("base")
	}
}

type meter struct{ counts map[string]int }

func (m *meter) show() {
	for range time.Tick(time.Second) {
		println(m.counts["a"])
	}
}

// What a worker reads is made after it was started.
func NewMeter() *meter {
	m := &meter{}
	go m.show()
	m.counts = map[string]int{}
	m.counts["a"] = 1 // want `map meter.counts is written here and read at filled.go:\d+ with no lock in common: the goroutine meter.show starts`
	return m
}

func NewMeterOk() *meterOk {
	m := &meterOk{}
	m.counts = map[string]int{}
	m.counts["a"] = 1
	go m.show()
	return m
}

type meterOk struct{ counts map[string]int }

func (m *meterOk) show() {
	for range time.Tick(time.Second) {
		println(m.counts["a"])
	}
}

type dialOk struct{ counts map[string]int }

// A goroutine that has the object by value has the map that was there then.
func TurnOk() {
	d := dialOk{map[string]int{}}
	go spin(d)
	d.counts = map[string]int{}
	d.counts["b"]++
}

func spin(d dialOk) {
	for range time.Tick(time.Second) {
		d.counts["a"]++
	}
}

type gaugeOk struct {
	ready  chan struct{}
	counts map[string]int
}

// Who reads waits until the worker has made the map.
func NewGaugeOk() *gaugeOk {
	g := &gaugeOk{ready: make(chan struct{})}
	go g.run()
	return g
}

func (g *gaugeOk) run() {
	g.counts = map[string]int{}
	g.counts["a"] = 1
	close(g.ready)
}

func (g *gaugeOk) Get(k string) int {
	<-g.ready
	return g.counts[k]
}
