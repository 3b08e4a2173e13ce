// Package branches has locks that are taken on one of two branches.
package branches

import (
	"os"
	"runtime"
	"sync"
)

type Table struct {
	mu     sync.Mutex
	shared bool
	lock   *sync.Mutex
	rows   map[string]int
}

func (t *Table) Put(k string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.rows[k] = 1
}

func (t *Table) Drop(k string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.rows, k)
}

// What the condition asks says nothing of who else is about.
func (t *Table) GetBad(k string) int {
	if runtime.NumCPU() > 1 {
		t.mu.Lock()
		defer t.mu.Unlock()
	}
	return t.rows[k] // want `map Table.rows is read without Table.mu`
}

// The other branch does something else.
func (t *Table) ElseBad(k string) int {
	if os.Getenv("DEBUG") == "" {
		t.mu.Lock()
		defer t.mu.Unlock()
	} else {
		k = os.Getenv("KEY")
	}
	return t.get(k)
}

func (t *Table) get(k string) int { return t.rows[k] } // want `map Table.rows is read without Table.mu`

// Unlocked too early, on one branch.
func (t *Table) EarlyBad(k string) {
	t.mu.Lock()
	t.rows[k] = 3
	if os.Getpid() == 1 {
		t.mu.Unlock()
	}
	_ = len(t.rows) // want `map Table.rows is measured without Table.mu`
	if os.Getpid() != 1 {
		t.mu.Unlock()
	}
}

// The object knows whether it is shared.
func (t *Table) ModeOk(k string) int {
	if t.shared {
		t.mu.Lock()
		defer t.mu.Unlock()
	}
	return t.rows[k]
}

// So does the package.
var threads = 1

func (t *Table) ThreadsOk(k string) int {
	if threads > 1 {
		t.mu.Lock()
		defer t.mu.Unlock()
	}
	return t.rows[k]
}

func concurrent() bool { return threads > 1 }

func (t *Table) AskedOk(k string) int {
	if concurrent() {
		t.mu.Lock()
		defer t.mu.Unlock()
	}
	return t.rows[k]
}

// The caller says what it has.
func (t *Table) CallerOk(k string, workers int) int {
	if workers > 1 {
		t.mu.Lock()
		defer t.mu.Unlock()
	}
	return t.rows[k]
}

// Inside the branch the lock is held.
func (t *Table) InsideOk(k string) (n int) {
	if runtime.NumCPU() > 1 {
		t.mu.Lock()
		n = t.rows[k]
		t.mu.Unlock()
	}
	return n
}

// Both branches lock.
func (t *Table) BothOk(k string) int {
	if runtime.NumCPU() > 1 {
		runtime.Gosched()
		t.mu.Lock()
	} else {
		t.mu.Lock()
	}
	defer t.mu.Unlock()
	return t.rows[k]
}

// The condition is asked again.
func (t *Table) AgainOk(k string) (n int) {
	many := runtime.NumCPU() > 1
	if many {
		t.mu.Lock()
	}
	runtime.Gosched()
	if many {
		n = t.rows[k]
		t.mu.Unlock()
	}
	return n
}

// A variable remembers what was done.
func (t *Table) RememberOk(keys []string) (n int) {
	locked := false
	for _, k := range keys {
		if !locked && os.Getpid() > 1 {
			t.mu.Lock()
			locked = true
		}
		if locked {
			n += t.rows[k]
		}
	}
	if locked {
		t.mu.Unlock()
	}
	return n
}

// Locked in the first turn of a loop.
func (t *Table) FirstOk() {
	for i := range 3 {
		if i == 0 {
			t.mu.Lock()
		}
		_ = t.rows["a"]
	}
	t.mu.Unlock()
}

// The branch without the lock does not come here.
func (t *Table) LeaveOk(k string) int {
	if os.Getpid() == 1 {
		return 0
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.rows[k]
}
