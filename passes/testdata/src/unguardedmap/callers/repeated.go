package callers

import "sync"

// Table is written without the lock by one function, however many call that.
type Table struct {
	mu    sync.Mutex
	rows  map[string]int
	names []string
}

func (t *Table) drop(k string) { delete(t.rows, k) }

func (t *Table) Get(k string) int {
	if len(k) == 1 {
		t.drop(k) // want `map Table.rows is deleted from without Table.mu, held at \d+ of its \d+ other accesses`
	}
	return 0
}

func (t *Table) All(keys []string) (n int) {
	for _, k := range keys {
		n += t.Get(k)
	}
	return n
}

func (t *Table) Create(k string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.drop(k)
	t.rows[k] = 1
	t.names = append(t.names, k)
}

// A lock of the package is not that of what lies in an object: each who writes without it speaks against it.
var setup sync.Mutex

type List struct{ rows map[string]int }

func (l *List) drop(k string) { delete(l.rows, k) }

func (l *List) GetOk(k string) int {
	l.drop(k)
	return 0
}

func (l *List) AllOk(keys []string) (n int) {
	for _, k := range keys {
		n += l.GetOk(k)
	}
	return n
}

func (l *List) CreateOk(k string) {
	setup.Lock()
	defer setup.Unlock()
	l.drop(k)
	l.rows[k] = 1
}
