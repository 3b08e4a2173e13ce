package comments

import "sync"

type Table[K comparable, V any] struct {
	sync.RWMutex
	m map[K]V
}

func (t *Table[K, V]) Put(k K, v V) {
	t.Lock()
	defer t.Unlock()
	t.m[k] = v
}

func (t *Table[K, V]) Drop(k K) {
	t.Lock()
	defer t.Unlock()
	delete(t.m, k)
}

// Walk holds the lock.
func (t *Table[K, V]) Walk(fn func(k K, v V) bool) {
	t.Lock()
	defer t.Unlock()
	for k, v := range t.m {
		if !fn(k, v) {
			return
		}
	}
}

// DropOk is to be used within Walk.
func (t *Table[K, V]) DropOk(k K) { delete(t.m, k) }

// DropBad can be used within Walk, too.
func (t *Table[K, V]) DropBad(k K) { delete(t.m, k) } // want `map Table.m is deleted from without Table.RWMutex`

type List[V any] struct {
	sync.RWMutex
	m map[int]V
}

func (l *List[V]) Put(k int, v V) {
	l.Lock()
	defer l.Unlock()
	l.m[k] = v
}

func (l *List[V]) Drop(k int) {
	l.Lock()
	defer l.Unlock()
	delete(l.m, k)
}

func (l *List[V]) Each() (all []V) {
	l.RLock()
	defer l.RUnlock()
	for _, v := range l.m {
		all = append(all, v)
	}
	return all
}

// DropBad is to be used within Each, which calls nobody.
func (l *List[V]) DropBad(k int) { delete(l.m, k) } // want `map List.m is deleted from without List.RWMutex`
