// Package ledger has maps that others can name, with locks that its methods take.
package ledger

import "sync"

// Ledger is called by its methods, and gone over by those who use it.
type Ledger struct {
	Rows map[string]int
	Mu   sync.RWMutex
}

func New() *Ledger { return &Ledger{Rows: map[string]int{}} }

func (l *Ledger) Put(k string, n int) {
	l.Mu.Lock()
	defer l.Mu.Unlock()
	l.Rows[k] = n
}

func (l *Ledger) Get(k string) int {
	l.Mu.RLock()
	defer l.Mu.RUnlock()
	return l.Rows[k]
}

// Journal is as Ledger, and those who use it know of the lock.
type Journal struct {
	Rows map[string]int
	Mu   sync.RWMutex
}

func NewJournal() *Journal { return &Journal{Rows: map[string]int{}} }

func (j *Journal) Put(k string, n int) {
	j.Mu.Lock()
	defer j.Mu.Unlock()
	j.Rows[k] = n
}

// Draft is as Ledger, and is looked at before anybody else has it.
type Draft struct {
	Rows map[string]int
	Mu   sync.RWMutex
}

func NewDraft() *Draft { return &Draft{Rows: map[string]int{}} }

func (d *Draft) Put(k string, n int) {
	d.Mu.Lock()
	defer d.Mu.Unlock()
	d.Rows[k] = n
}
