package cow

import "sync"

type batch struct {
	counts map[string]int
	total  int
}

func (b *batch) add(k string) {
	if b.counts == nil {
		b.counts = map[string]int{}
	}
	b.counts[k]++
	b.total++
}

// flushOk takes the struct away as a whole, and with it its map.
type flushOk struct {
	mu  sync.Mutex
	cur batch
}

func (f *flushOk) Add(k string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.cur.add(k)
}

func (f *flushOk) Flush(send func(string, int)) int {
	f.mu.Lock()
	old := f.cur
	f.cur = batch{}
	f.mu.Unlock()
	for k, n := range old.counts {
		send(k, n)
	}
	return old.total
}

type madeBatch struct {
	counts map[string]int
	total  int
}

// flushMadeOk puts a new one there that has a map already.
type flushMadeOk struct {
	mu  sync.Mutex
	cur madeBatch
}

func (f *flushMadeOk) Add(k string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.cur.counts[k]++
}

func (f *flushMadeOk) Flush(send func(string, int)) {
	f.mu.Lock()
	old := f.cur
	f.cur = madeBatch{counts: map[string]int{}}
	f.mu.Unlock()
	for k, n := range old.counts {
		send(k, n)
	}
}

type keptBatch struct {
	counts map[string]int
	total  int
}

// flushBad puts back what it has taken, with one field changed: the map is still the one that others fill.
type flushBad struct {
	mu  sync.Mutex
	cur keptBatch
}

func (f *flushBad) Add(k string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.cur.counts[k]++
}

func (f *flushBad) Flush(send func(string, int)) {
	f.mu.Lock()
	old := f.cur
	old.total = 0
	f.cur = old
	f.mu.Unlock()
	for k, n := range old.counts { // want `map keptBatch.counts is iterated after flushBad.mu, under which it was taken, is released`
		send(k, n)
	}
}
