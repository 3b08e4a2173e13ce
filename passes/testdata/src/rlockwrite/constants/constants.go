// Package constants has helpers that write only if they are asked to.
package constants

import "sync"

type Book struct {
	mu    sync.RWMutex
	names map[string]int
}

func (b *Book) Get(k string) int {
	b.mu.RLock()
	defer b.mu.RUnlock()
	return b.names[k]
}

const (
	methodGet    = "GET"
	methodPut    = "PUT"
	methodDelete = "DELETE"
)

func (b *Book) serve(method, k string) int {
	switch method {
	case methodPut:
		b.names[k] = 1
	case methodDelete:
		delete(b.names, k)
	default:
		return b.names[k]
	}
	return 0
}

// The method that is asked for writes.
func (b *Book) ServeBad(k string) int {
	b.mu.RLock()
	defer b.mu.RUnlock()
	return b.serve(methodDelete, k) // want `map Book.names is deleted from here with Book.mu only read-locked`
}

// The method comes from the caller.
func (b *Book) ServeAnyBad(method, k string) int {
	b.mu.RLock()
	defer b.mu.RUnlock()
	return b.serve(method, k) // want `map Book.names is (written|deleted from) here with Book.mu only read-locked`
}

func (b *Book) forward(method, k string) int { return b.serve(method, k) }

// Handed on by one that knows no better.
func (b *Book) ForwardBad(k string) int {
	b.mu.RLock()
	defer b.mu.RUnlock()
	return b.forward(methodPut, k) // want `map Book.names is written here with Book.mu only read-locked`
}

func (b *Book) level(n int, k string) {
	if n < 2 {
		return
	}
	b.names[k] = n
}

// Deep enough to write.
func (b *Book) LevelBad(k string) {
	b.mu.RLock()
	defer b.mu.RUnlock()
	b.level(2, k) // want `map Book.names is written here with Book.mu only read-locked`
}

func (b *Book) upgrade(method, k string) {
	if k == "" {
		method = methodPut
	}
	if method == methodPut {
		b.names[k] = 1
	}
}

// The helper changes its mind.
func (b *Book) UpgradeBad(k string) {
	b.mu.RLock()
	defer b.mu.RUnlock()
	b.upgrade(methodGet, k) // want `map Book.names is written here with Book.mu only read-locked`
}

func (b *Book) read(method, k string) int {
	switch method {
	case methodPut:
		b.names[k] = 1
	case methodDelete:
		delete(b.names, k)
	case methodGet:
		return b.names[k]
	default:
		b.names[k] = -1
	}
	return 0
}

// The method that is asked for only reads.
func (b *Book) ServeOk(k string) int {
	b.mu.RLock()
	defer b.mu.RUnlock()
	return b.read(methodGet, k)
}

func (b *Book) ServeAnyOk(method, k string) int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.read(method, k)
}

func (b *Book) pass(method, k string) int { return b.read(method, k) }

// Handed on by one that knows no better.
func (b *Book) ForwardOk(k string) int {
	b.mu.RLock()
	defer b.mu.RUnlock()
	return b.pass(methodGet, k)
}

func (b *Book) deep(n int, quiet bool, k string) {
	if n < 2 || quiet {
		return
	}
	b.names[k] = n
}

// Not deep enough to write.
func (b *Book) LevelOk(k string) {
	b.mu.RLock()
	defer b.mu.RUnlock()
	b.deep(1, false, k)
	b.deep(2, true, k)
}

func (b *Book) update(method, k string) {
	if !(method == methodGet) && k != "" {
		b.names[k] = 1
	}
	switch {
	case method == methodPut, method == methodDelete:
		delete(b.names, k)
	}
}

// The condition is written out.
func (b *Book) UpdateOk(k string) {
	b.mu.RLock()
	defer b.mu.RUnlock()
	b.update(methodGet, k)
}

func (b *Book) times(n int, f func(quiet bool, k string)) {
	for range n {
		f(n > 1, "k")
	}
}

func (b *Book) note(quiet bool, k string) {
	if quiet {
		return
	}
	b.names[k] = 1
}

// A function that is handed on, whose parameters are not those of the call.
func (b *Book) TimesBad() {
	b.mu.RLock()
	defer b.mu.RUnlock()
	b.times(-1, b.note) // want `map Book.names is written here with Book.mu only read-locked`
}
