package happensbefore

import "sync"

// What runs beside goroutines that are over when its function returns is not the same, for callers, as what came before they were started.

type early struct {
	mu sync.Mutex
	m  map[string]int
}

func (e *early) put(k string) {
	e.mu.Lock()
	e.m[k]++
	e.mu.Unlock()
}

func newEarly() *early {
	e := &early{m: map[string]int{"a": 1}}
	go e.measuredBad()
	return e
}

func (e *early) measuredBad() {
	var wg sync.WaitGroup
	println(len(e.m))
	for k := range e.m { // want `map early.m is iterated without early.mu, held at 1 of its 2 other accesses`
		wg.Add(1)
		go func() { defer wg.Done(); e.put(k) }()
	}
	wg.Wait()
}

type earlyBehind struct {
	mu sync.Mutex
	m  map[string]int
}

func (e *earlyBehind) put(k string) {
	e.mu.Lock()
	e.m[k]++
	e.mu.Unlock()
}

func newEarlyBehind(keys []string) *earlyBehind {
	e := &earlyBehind{m: map[string]int{}}
	go e.readBad(keys)
	return e
}

func (e *earlyBehind) readBad(keys []string) {
	var wg sync.WaitGroup
	println(e.m["first"])
	for _, k := range keys {
		wg.Add(1)
		go func() { defer wg.Done(); e.put(k) }()
	}
	println(e.m["second"]) // want `map earlyBehind.m is read without earlyBehind.mu, held at 1 of its 2 other accesses`
	wg.Wait()
}

type earlyAbove struct {
	mu sync.Mutex
	m  map[string]int
}

func (e *earlyAbove) put(k string) {
	e.mu.Lock()
	e.m[k]++
	e.mu.Unlock()
}

func newEarlyAbove(keys []string) *earlyAbove {
	e := &earlyAbove{m: map[string]int{}}
	go func() {
		println(len(e.m))
		e.fillOk(keys)
		println(len(e.m))
	}()
	return e
}

// fillOk is called by that goroutine alone, which has looked before.
func (e *earlyAbove) fillOk(keys []string) {
	var wg sync.WaitGroup
	println(e.m["before"])
	for _, k := range keys {
		wg.Add(1)
		go func() { defer wg.Done(); e.put(k) }()
	}
	wg.Wait()
	println(e.m["behind"])
}

type earlyTwice struct {
	mu sync.Mutex
	m  map[string]int
}

func (e *earlyTwice) put(k string) {
	e.mu.Lock()
	e.m[k]++
	e.mu.Unlock()
}

func newEarlyTwice(keys []string) *earlyTwice {
	e := &earlyTwice{m: map[string]int{}}
	go func() {
		println(len(e.m)) // want `map earlyTwice.m is measured without earlyTwice.mu, held at 1 of its 1 other accesses`
		e.fillBad(keys)
	}()
	go e.fillBad(keys)
	return e
}

// fillBad runs on two goroutines, of which one has looked before its own.
func (e *earlyTwice) fillBad(keys []string) {
	var wg sync.WaitGroup
	for _, k := range keys {
		wg.Add(1)
		go func() { defer wg.Done(); e.put(k) }()
	}
	wg.Wait()
}

type earlyAgain struct {
	mu sync.Mutex
	m  map[string]int
}

func (e *earlyAgain) put(k string) {
	e.mu.Lock()
	e.m[k]++
	e.mu.Unlock()
}

// EarlyAgain starts it for an object that others have, and may be called again: the look of one beside the goroutines of another.
func (e *earlyAgain) EarlyAgain(keys []string) {
	go func() {
		println(len(e.m)) // want `map earlyAgain.m is measured without earlyAgain.mu, held at 1 of its 1 other accesses`
		e.fill(keys)
	}()
}

func (e *earlyAgain) fill(keys []string) {
	var wg sync.WaitGroup
	for _, k := range keys {
		wg.Add(1)
		go func() { defer wg.Done(); e.put(k) }()
	}
	wg.Wait()
}

type earlyInside struct {
	mu sync.Mutex
	m  map[string]int
}

func (e *earlyInside) put(k string) {
	e.mu.Lock()
	e.m[k]++
	e.mu.Unlock()
}

// EarlyInside is the same, with the look in the function that has the goroutines: that is taken to come before them, though not before those of the call before.
func (e *earlyInside) EarlyInside(keys []string) { go e.FN_FillAgain(keys) }

func (e *earlyInside) FN_FillAgain(keys []string) {
	var wg sync.WaitGroup
	println(len(e.m))
	for _, k := range keys {
		wg.Add(1)
		go func() { defer wg.Done(); e.put(k) }()
	}
	wg.Wait()
}

type earlyGiven struct {
	mu sync.Mutex
	m  map[string]int
}

func (e *earlyGiven) put(k string) {
	e.mu.Lock()
	e.m[k]++
	e.mu.Unlock()
}

// FN_Watched hands on a look, which is called beside the goroutines of fill: whoever runs what it was given, and when, is told of no goroutines that are over.
func FN_Watched(keys []string) *earlyGiven {
	e := &earlyGiven{m: map[string]int{}}
	go func() {
		e.fill(keys, func() { println(len(e.m)) })
	}()
	return e
}

func (e *earlyGiven) fill(keys []string, look func()) {
	var wg sync.WaitGroup
	for _, k := range keys {
		wg.Add(1)
		go func() { defer wg.Done(); e.put(k) }()
	}
	look()
	wg.Wait()
}
