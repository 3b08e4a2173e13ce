// Command cmd reaches everything from main: where a lock is held, and where it is not, are different functions.
package main

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

var shared = &hub{data: map[string]int{}}

// The goroutine locks, main does not (package variable, all in one function).
func mainBareGlobalBad() {
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		shared.mu.Lock()
		shared.data["a"]++ // want `map hub.data is written here`
		shared.mu.Unlock()
	}()
	shared.data["b"] = 1
	wg.Wait()
}

type local struct {
	mu   sync.Mutex
	data map[string]int
}

func (h *local) put() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.data["a"]++ // want `map local.data is written here and written at main.go:\d+ with no lock in common: the goroutine local.put starts at main.go:\d+(;|$)`
}

// The same with a local instance, where a method holds the lock.
func mainBareLocalBad() {
	h := &local{data: map[string]int{}}
	var wg sync.WaitGroup
	wg.Go(h.put)
	h.data["b"] = 1
	wg.Wait()
}

type third struct {
	mu   sync.Mutex
	data map[string]int
}

func (h *third) put() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.data["a"]++
}

func (h *third) bare() { h.data["b"] = 1 } // want `map third.data is written`

// The goroutine does not lock, main does by a method.
func childBareBad() {
	h := &third{data: map[string]int{}}
	var wg sync.WaitGroup
	wg.Go(h.bare)
	h.put()
	wg.Wait()
}

func main() {
	mainBareGlobalBad()
	mainBareLocalBad()
	childBareBad()
}
