// Package settled has accesses that hold their lock, so that callers are not told of them, beside goroutines of those callers.
package settled

import "sync"

type hub struct {
	mu   sync.Mutex
	data map[string]int
}

func (h *hub) put() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.data["a"]++
}

func ChildBareBad(h *hub) {
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		h.data["b"] = 1 // want `map hub.data is written`
	}()
	h.put()
	wg.Wait()
}

type other struct {
	mu   sync.Mutex
	data map[string]int
}

func (h *other) put() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.data["a"]++
}

func ChildBareLocalBad() {
	h := &other{data: map[string]int{}}
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		h.data["b"] = 1 // want `map other.data is written`
	}()
	h.put()
	wg.Wait()
}

type waited struct {
	mu   sync.Mutex
	data map[string]int
}

func (h *waited) put() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.data["a"]++
}

func (h *waited) fill() { h.put() }

// The goroutine is over, or not yet started, when put is called.
func WaitedOk() {
	h := &waited{data: map[string]int{}}
	h.fill()
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		h.data["b"] = 1
	}()
	wg.Wait()
	h.fill()
}

type nested struct {
	mu   sync.Mutex
	data map[string]int
}

func (h *nested) put() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.data["a"]++
}

func (h *nested) fill() { h.put() }

// Two calls down.
func NestedBad() {
	h := &nested{data: map[string]int{}}
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		h.data["b"] = 1 // want `map nested.data is written`
	}()
	h.fill()
	wg.Wait()
}
