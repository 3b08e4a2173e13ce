package workers

import "sync"

// Hall has one worker for each door, and the function that starts it is the only one that writes: the next door meets the workers of those before.
type Hall struct {
	mu    sync.RWMutex
	doors map[string]int
	in    source
}

func (h *Hall) Open(name string, n int) {
	h.mu.Lock()
	h.doors[name] = n
	h.mu.Unlock()
	go func() {
		for h.doors[name] > h.in.Receive() { // want `map Hall.doors is read without Hall.mu`
			println(name)
		}
	}()
}

func (h *Hall) Names() (out []string) {
	h.mu.RLock()
	defer h.mu.RUnlock()
	for n := range h.doors {
		out = append(out, n)
	}
	return out
}

// Yard has one worker for all: it is started for what the yard is about, once.
type Yard struct {
	mu    sync.RWMutex
	gates map[string]int
	in    source
}

func (y *Yard) OpenOk(n int) {
	y.mu.Lock()
	y.gates["main"] = n
	y.mu.Unlock()
	go func() {
		for y.gates["main"] > y.in.Receive() {
			println(n)
		}
	}()
}

func (y *Yard) Names() (out []string) {
	y.mu.RLock()
	defer y.mu.RUnlock()
	for n := range y.gates {
		out = append(out, n)
	}
	return out
}
