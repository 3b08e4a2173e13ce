package once

import "sync"

// The map is made by whoever comes first, and stays as it is.
type fileOk struct {
	mu    sync.Mutex
	lines map[string]int // guarded by mu
}

func (f *fileOk) init() {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.lines != nil {
		return
	}
	m := make(map[string]int)
	for i, l := range []string{"a", "b"} {
		m[l] = i
	}
	f.lines = m
}

func (f *fileOk) Line(l string) int {
	f.init()
	return f.lines[l]
}

func (f *fileOk) Lines(all []string) (n int) {
	f.init()
	for _, l := range all {
		n += f.lines[l]
	}
	return n
}

// One has not had it made.
type fileBad struct {
	mu    sync.Mutex
	lines map[string]int // guarded by mu
}

func (f *fileBad) init() {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.lines == nil {
		f.lines = map[string]int{"a": 1}
	}
}

func (f *fileBad) Line(l string) int {
	f.init()
	return f.lines[l]
}

func (f *fileBad) PeekBad(l string) int {
	return f.lines[l] // want `variable fileBad.lines is read without fileBad.mu, under which it is replaced`
}

// It is made anew.
type fileAgainBad struct {
	mu    sync.Mutex
	lines map[string]int // guarded by mu
}

func (f *fileAgainBad) init() {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.lines == nil {
		f.lines = map[string]int{"a": 1}
	}
}

func (f *fileAgainBad) Forget() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.lines = nil
}

func (f *fileAgainBad) Line(l string) int {
	f.init()
	return f.lines[l] // want `variable fileAgainBad.lines is read without fileAgainBad.mu, under which it is replaced`
}

// It goes on being filled.
type fileFilledBad struct {
	mu    sync.Mutex
	lines map[string]int
}

func (f *fileFilledBad) Put(l string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.lines == nil {
		f.lines = map[string]int{}
	}
	f.lines[l]++
}

func (f *fileFilledBad) Line(l string) int {
	f.Put("a")
	return f.lines[l] // want `map fileFilledBad.lines is read without fileFilledBad.mu`
}
