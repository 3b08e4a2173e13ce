package closurevars

import "sync"

// A local variable is set by a closure that runs on the spot.
type hub struct {
	mu   sync.Mutex
	data map[string]int
}

func (h *hub) run() {
	h.mu.Lock()
	h.data["a"]++
	h.mu.Unlock()
}

func DeferredBad(h *hub) {
	var wg sync.WaitGroup
	wg.Go(h.run)
	var m map[string]int
	func() {
		h.mu.Lock()
		defer h.mu.Unlock()
		m = h.data
	}()
	m["b"]++ // want `map hub.data is written without hub.mu`
	wg.Wait()
}

func (h *hub) live() map[string]int {
	var m map[string]int
	func() {
		h.mu.Lock()
		defer h.mu.Unlock()
		m = h.data
	}()
	return m
}

func GetterBad(h *hub) {
	var wg sync.WaitGroup
	wg.Go(h.run)
	m := h.live()
	m["b"]++ // want `map hub.data is written without hub.mu`
	wg.Wait()
}

// The near miss: a variable that a closure sets to a map of its own.
func FreshOk(h *hub) {
	var wg sync.WaitGroup
	wg.Go(h.run)
	var m map[string]int
	func() { m = map[string]int{} }()
	m["b"]++
	wg.Wait()
}

// The same with the load in place.
func InPlaceBad(h *hub) {
	var wg sync.WaitGroup
	wg.Go(h.run)
	h.mu.Lock()
	m := h.data
	h.mu.Unlock()
	m["b"]++ // want `map hub.data is written after hub.mu, under which it was taken, is released`
	wg.Wait()
}
