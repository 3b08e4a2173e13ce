package spawns

import "sync"

// A goroutine starts another one, which calls what the elements of the map bring along: where the first is started, the second has a name of its own.

type callBad struct{ done func() }

type wireBad struct {
	mu    sync.RWMutex
	calls map[int]*callBad
	asked chan int
	got   chan int
}

func ServeBad(w *wireBad) { go w.run() }

func (w *wireBad) run() {
	go w.read()
	for k := range w.asked {
		w.mu.Lock()
		w.calls[k] = nil
		w.mu.Unlock()
	}
}

func (w *wireBad) read() {
	for id := range w.got {
		w.mu.RLock()
		c := w.calls[id]
		w.mu.RUnlock()
		delete(w.calls, id) // want `map wireBad.calls is deleted from here and written at nested.go:22 with no lock in common`
		c.done()
	}
}

// The first has waited for the second before it writes.
type callOk struct{ done func() }

type wireOk struct {
	calls map[int]*callOk
	asked chan int
	got   chan int
}

func ServeOk(w *wireOk) { go w.run() }

func (w *wireOk) run() {
	over := make(chan bool)
	go w.read(over)
	<-over
	for k := range w.asked {
		w.calls[k] = nil
	}
}

func (w *wireOk) read(over chan bool) {
	for id := range w.got {
		c := w.calls[id]
		delete(w.calls, id)
		c.done()
	}
	close(over)
}
