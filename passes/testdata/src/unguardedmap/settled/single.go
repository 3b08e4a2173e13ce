package settled

import "sync"

type table struct {
	mu   sync.RWMutex
	rows map[string]int
}

func (t *table) size() int {
	t.mu.RLock()
	defer t.mu.RUnlock()
	return len(t.rows)
}

func (t *table) watch() {
	for range 3 {
		t.size()
	}
}

// The only table that there is: the methods' t is it.
var tables = &table{rows: map[string]int{}}

func SingleBad() {
	go tables.watch()
	tables.rows["a"] = 1 // want `map table.rows is written here and measured at single.go:\d+ with no lock in common`
}

type list struct {
	mu   sync.RWMutex
	rows map[string]int
}

func (l *list) size() int {
	l.mu.RLock()
	defer l.mu.RUnlock()
	return len(l.rows)
}

func (l *list) watch() {
	for range 3 {
		l.size()
	}
}

// Two of them: which one is watched is known where the goroutine is started.
var (
	shared = &list{rows: map[string]int{}}
	mine   = &list{rows: map[string]int{}}
)

func TwoOk() {
	go shared.watch()
	mine.rows["a"] = 1
}

// This one is watched.
func TwoBad() {
	go shared.watch()
	shared.rows["a"] = 1 // want `map list.rows is written here and measured at single.go:38 with no lock in common`
}

type counts struct {
	mu   sync.Mutex
	rows map[string]int
}

func (c *counts) add() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.rows["a"]++
}

// What a goroutine does under the lock, in a callee, after it has signalled: it should be reported that the parent looks then without the lock.
func FN_AfterSignal() int {
	c := &counts{rows: map[string]int{}}
	done := make(chan struct{})
	go func() {
		close(done)
		c.add()
	}()
	<-done
	return len(c.rows)
}
