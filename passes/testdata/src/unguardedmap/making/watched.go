package making

import "sync"

type Watched struct {
	mu   sync.Mutex
	rows map[string]int
}

func (w *Watched) Put(k string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.rows[k]++
}

func (w *Watched) Get(k string) int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.rows[k]
}

func (w *Watched) watch() {
	for {
		w.Get("x")
	}
}

// What the goroutine does is in an exported method, and is judged as what anybody may call.
func FN_NewWatched() *Watched {
	w := &Watched{rows: map[string]int{}}
	go w.watch()
	w.rows["a"] = 1
	return w
}
