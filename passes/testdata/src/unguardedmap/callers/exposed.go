package callers

import "sync"

// ViewOk lets its callers take the lock: they hold it around what they call.
type ViewOk struct {
	mu sync.RWMutex
	rowsOk
}

func (v *ViewOk) RLock()   { v.mu.RLock() }
func (v *ViewOk) RUnlock() { v.mu.RUnlock() }

func (v *ViewOk) Put(k string) {
	v.mu.Lock()
	v.rows[k]++
	v.mu.Unlock()
}

type rowsOk struct{ rows map[string]int }

func (r *rowsOk) Get(k string) int { return r.rows[k] }

func (v *ViewOk) Len() int { return len(v.rows) }

// ViewBad keeps its lock to itself.
type ViewBad struct {
	mu   sync.RWMutex
	rows map[string]int
}

func (v *ViewBad) Put(k string) {
	v.mu.Lock()
	v.rows[k]++
	v.mu.Unlock()
}

func (v *ViewBad) Len() int {
	return len(v.rows) // want `map ViewBad.rows is measured without ViewBad.mu`
}

// LentBad lends its lock, but its own goroutine does not take it.
type LentBad struct {
	mu   sync.RWMutex
	rows map[string]int
}

func (v *LentBad) Lock()   { v.mu.Lock() }
func (v *LentBad) Unlock() { v.mu.Unlock() }

func (v *LentBad) Put(k string) {
	v.Lock()
	v.rows[k]++
	v.Unlock()
}

func (v *LentBad) Watch(in chan string) {
	go func() {
		for k := range in {
			_ = v.rows[k] // want `map LentBad.rows is read without LentBad.mu`
		}
	}()
}

// The lent lock is taken on the way to the reset, and by those who call Get; the table's own lock is another one.
type TxOk struct{ tableOk }

func (t *TxOk) Lock()   { t.mu.Lock() }
func (t *TxOk) Unlock() { t.mu.Unlock() }

func (t *TxOk) reset() { t.rows = map[string]int{} }

type tableOk struct {
	mu     sync.Mutex
	rowsMu sync.RWMutex
	rows   map[string]int
}

func (t *tableOk) Get(k string) int {
	t.rowsMu.Lock()
	defer t.rowsMu.Unlock()
	t.rows[k]++
	return t.rows[k]
}

type Backend struct{ tx *TxOk }

func (b *Backend) Commit() {
	b.tx.Lock()
	b.tx.reset()
	b.tx.Unlock()
}
