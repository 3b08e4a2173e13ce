package comments

import "sync"

// More ways to say it.

type Quoted struct {
	mu   sync.Mutex
	rows map[string]int // Guarded by `mu`.
	cols map[string]int // guarded by [Quoted.mu]
}

func (q *Quoted) PutBad(k string) {
	q.rows[k] = 1 // want `map Quoted.rows is written without Quoted.mu, which guards it as the comment says`
	q.cols[k] = 1 // want `map Quoted.cols is written without Quoted.mu, which guards it as the comment says`
}

func (q *Quoted) PutOk(k string) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.rows[k] = 1
	q.cols[k] = 1
}

type Wanting struct {
	mu   sync.Mutex
	rows map[string]int
}

func (w *Wanting) PutOk(k string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.rows[k] = 1
}

// DropOk expects the caller to handle locking.
func (w *Wanting) DropOk(k string) { delete(w.rows, k) }

// TrimOk: w.mu must be held.
func (w *Wanting) TrimOk() { clear(w.rows) }

func (w *Wanting) TrimBad() {
	w.TrimOk() // want `map Wanting.rows is cleared without Wanting.mu, held at \d of its \d other accesses \(in Wanting.TrimOk, which is called here\)`
}
