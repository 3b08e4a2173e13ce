package misses

import "sync"

// A flag that was set, or looked at, on some of the ways to a bare access is no lock.
type flagged struct {
	mu      sync.Mutex
	rows    map[string]int
	started bool
}

func (f *flagged) Add(k string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.rows[k]++
}

func (f *flagged) Drop(k string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	delete(f.rows, k)
}

func (f *flagged) SizeBad() int {
	return len(f.rows) // want `map flagged.rows is measured without flagged.mu`
}

func (f *flagged) MarkBad(k string) int {
	if k == "" {
		f.started = true
	}
	return len(f.rows) // want `map flagged.rows is measured without flagged.mu`
}

func (f *flagged) StartBad() int {
	f.mu.Lock()
	if !f.started {
		f.started = true
	}
	f.mu.Unlock()
	return len(f.rows) // want `map flagged.rows is measured without flagged.mu`
}
