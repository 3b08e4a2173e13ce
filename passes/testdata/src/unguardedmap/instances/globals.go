package instances

import "sync"

type instance struct {
	mu   sync.Mutex
	data map[string]int
}

var global = &instance{data: map[string]int{}}

func (h *instance) put() {
	h.mu.Lock()
	h.data["a"]++
	h.mu.Unlock()
}

func (h *instance) wrong() {
	global.mu.Lock()
	h.data["b"]++ // want `map instance.data is written without instance.mu`
	global.mu.Unlock()
}

func OfGlobalBad() {
	h := &instance{data: map[string]int{}} // made here: not global
	var wg sync.WaitGroup
	wg.Go(h.put)
	h.wrong()
	wg.Wait()
}

// The receiver is the global one at every call.
type one struct {
	mu   sync.Mutex
	data map[string]int
}

var only = &one{data: map[string]int{}}

func (h *one) put() {
	only.mu.Lock()
	h.data["a"]++
	only.mu.Unlock()
}

func SameOk() {
	var wg sync.WaitGroup
	wg.Go(only.put)
	only.put()
	wg.Wait()
}
