package owners

import "sync"

// One table that two objects of two types have, each with a lock of its own, beside a third lock that most take.

type table struct{ rows map[string]int }

var tablesMu sync.Mutex

type Reader struct {
	mu sync.Mutex
	t  *table
}

type Scribe struct {
	mu sync.Mutex
	t  *table
}

func Pair() (*Reader, *Scribe) {
	t := &table{rows: map[string]int{}}
	return &Reader{t: t}, &Scribe{t: t}
}

func (w *Scribe) Put(k string) {
	tablesMu.Lock()
	defer tablesMu.Unlock()
	w.mu.Lock()
	defer w.mu.Unlock()
	w.t.rows[k]++
}

func (w *Scribe) Drop(k string) {
	tablesMu.Lock()
	defer tablesMu.Unlock()
	w.mu.Lock()
	defer w.mu.Unlock()
	delete(w.t.rows, k)
}

func (r *Reader) CountBad() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return len(r.t.rows) // want `map table.rows is measured without tablesMu, held at 3 of its 3 other accesses`
}

func (r *Reader) Mark(k string) {
	tablesMu.Lock()
	defer tablesMu.Unlock()
	r.mu.Lock()
	defer r.mu.Unlock()
	r.t.rows[k] = -1
}

// The same of two that are behind one interface: should be reported, but one of them is taken to be there, and not the other.
type counter interface {
	Add(k string)
	FN_Lines() int
}

type coarse struct {
	mu sync.Mutex
	t  *ledger
}

type fine struct {
	mu sync.Mutex
	t  *ledger
}

type ledger struct{ lines map[string]int }

var counters []counter

func Count() {
	l := &ledger{lines: map[string]int{}}
	counters = []counter{&coarse{t: l}, &fine{t: l}}
}

func AddAll(k string) {
	tablesMu.Lock()
	defer tablesMu.Unlock()
	for _, c := range counters {
		c.Add(k)
	}
}

func Lines() int { return counters[0].FN_Lines() }

func (c *coarse) Add(k string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.t.lines[k]++
}

func (f *fine) Add(k string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.t.lines[k]++
}

func (c *coarse) FN_Lines() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.t.lines)
}

func (f *fine) FN_Lines() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return len(f.t.lines)
}
