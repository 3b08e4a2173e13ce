package once

import (
	"sync"
	"sync/atomic"
)

// A sync.Once written by hand: the flag is looked at without the lock, then again under it.
type infoOk struct {
	mu    sync.Mutex
	done  uint32
	words map[string]int
}

func (i *infoOk) init() {
	if atomic.LoadUint32(&i.done) == 0 {
		i.fill()
	}
}

func (i *infoOk) fill() {
	i.mu.Lock()
	defer i.mu.Unlock()
	if i.done == 1 {
		return
	}
	i.words = map[string]int{}
	i.words["a"] = 1
	atomic.StoreUint32(&i.done, 1)
}

func (i *infoOk) Get(w string) int {
	i.init()
	return i.words[w]
}

// The flag is set first: whoever finds it set may come in while the map is filled.
type infoBad struct {
	mu    sync.Mutex
	done  uint32
	words map[string]int
}

func (i *infoBad) init() {
	if atomic.LoadUint32(&i.done) == 0 {
		i.fill()
	}
}

func (i *infoBad) fill() {
	i.mu.Lock()
	defer i.mu.Unlock()
	if i.done == 1 {
		return
	}
	atomic.StoreUint32(&i.done, 1)
	i.words["a"] = 1
}

func (i *infoBad) Get(w string) int {
	i.init()
	return i.words[w] // want `map infoBad.words is read without infoBad.mu`
}

// In one function, with an atomic.Bool.
type boolOk struct {
	mu    sync.Mutex
	done  atomic.Bool
	words map[string]int
}

func (b *boolOk) Get(w string) int {
	if !b.done.Load() {
		b.mu.Lock()
		if !b.done.Load() {
			b.words[w] = len(w)
			b.done.Store(true)
		}
		b.mu.Unlock()
	}
	return b.words[w]
}

// Not looked at again under the lock: two may fill it, one after the other, while the first reads.
type boolBad struct {
	mu    sync.Mutex
	done  atomic.Bool
	words map[string]int
}

func (b *boolBad) Get(w string) int {
	if !b.done.Load() {
		b.mu.Lock()
		b.words[w] = len(w)
		b.done.Store(true)
		b.mu.Unlock()
	}
	return b.words[w] // want `map boolBad.words is read without boolBad.mu`
}

// A helper that may do all of it says so, and has then set the flag: what holds for one result only is not known of a function.
type hook struct {
	mu    sync.Mutex
	done  uint32
	plain bool
	words map[string]int
}

func (h *hook) init() {
	if atomic.LoadUint32(&h.done) == 0 {
		h.fill()
	}
}

func (h *hook) fill() {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.done == 1 {
		return
	}
	if h.other() {
		return
	}
	h.words["a"] = 1
	atomic.StoreUint32(&h.done, 1)
}

func (h *hook) other() bool {
	if h.plain {
		return false
	}
	defer atomic.StoreUint32(&h.done, 1)
	h.words["b"] = 2
	return true
}

func (h *hook) FP_Get(w string) int {
	h.init()
	return h.words[w] // want `map hook.words is read without hook.mu`
}

// A flag that is unset again orders nothing for good.
type againBad struct {
	mu    sync.Mutex
	done  atomic.Bool
	words map[string]int
}

func (a *againBad) Get(w string) int {
	if !a.done.Load() {
		a.mu.Lock()
		if !a.done.Load() {
			a.words[w] = len(w)
			a.done.Store(true)
		}
		a.mu.Unlock()
	}
	return a.words[w] // want `map againBad.words is read without againBad.mu`
}

func (a *againBad) Reset() { a.done.Store(false) }

// A number that is zero until it is done.
type countOk struct {
	mu    sync.Mutex
	done  atomic.Int32
	words map[string]int
}

func (c *countOk) Get(w string) int {
	if c.done.Load() > 0 {
		return c.words[w]
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.done.Load() == 0 {
		c.words[w] = len(w)
		c.done.Store(1)
	}
	return c.words[w]
}

// One of several states: who has found that it is not the last may be beside whoever has found that it is not the first.
type stateBad struct {
	mu    sync.Mutex
	state atomic.Int32
	words map[string]int
}

func (s *stateBad) Begin() { s.state.Store(1) }

func (s *stateBad) Fill(w string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.state.Load() != 2 {
		s.words[w] = len(w)
		s.state.Store(2)
	}
}

func (s *stateBad) Get(w string) int {
	if s.state.Load() == 1 {
		return s.words[w] // want `map stateBad.words is read without stateBad.mu`
	}
	return 0
}
