package lib

import (
	"sync"

	"unguardedmap/crosspkg/far"
)

// Sums is what a Tally holds.
type Sums struct{ By map[string]int }

// Tally is implemented by one type, which only NewTally makes.
type Tally interface {
	Add(k string)
	Update(f func(*Sums))
}

type tally struct {
	seen map[string]int
	sums Sums
}

// NewTally returns an empty Tally.
func NewTally() Tally { return &tally{seen: map[string]int{}, sums: Sums{By: map[string]int{}}} }

func (t *tally) Add(k string) { t.seen[k]++ }

func (t *tally) Update(f func(*Sums)) { f(&t.sums) }

// SafeTally locks.
type SafeTally interface {
	AddSafely(k string)
	UpdateSafely(f func(*Sums))
}

type safeTally struct {
	mu   sync.Mutex
	seen map[string]int
	sums Sums
}

// NewSafeTally returns an empty SafeTally.
func NewSafeTally() SafeTally {
	return &safeTally{seen: map[string]int{}, sums: Sums{By: map[string]int{}}}
}

func (t *safeTally) AddSafely(k string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.seen[k]++
}

func (t *safeTally) UpdateSafely(f func(*Sums)) {
	t.mu.Lock()
	defer t.mu.Unlock()
	f(&t.sums)
}

// Meter is implemented twice.
type Meter interface{ Count(k string) }

type meter struct{ seen map[string]int }

func (m *meter) Count(k string) { m.seen[k]++ }

type noMeter struct{}

func (noMeter) Count(string) {}

// NewMeter returns one of them.
func NewMeter(on bool) Meter {
	if on {
		return &meter{seen: map[string]int{}}
	}
	return noMeter{}
}

// Metered is an interface of another package under a name of this one: its methods are the other's.
type Metered far.Metered

type metered struct{ seen map[string]int }

func (m *metered) CountFar(k string) { m.seen[k]++ }

// NewMetered returns one.
func NewMetered() Metered { return &metered{seen: map[string]int{}} }

// Ledger is implemented by one type, which is exported, but which others get as a Ledger only.
type Ledger interface{ Book(k string) }

// PaperLedger is the Ledger.
type PaperLedger struct{ lines map[string]int }

// NewLedger returns a PaperLedger.
func NewLedger() Ledger { return &PaperLedger{lines: map[string]int{}} }

// Book books.
func (l *PaperLedger) Book(k string) { l.lines[k]++ }

// Printer is for others to implement: the type beside it is for those who print nothing, and nobody gets it as a Printer.
type Printer interface{ Print(k string) }

// NoPrinter counts what it does not print.
type NoPrinter struct{ seen map[string]int }

// Print counts.
func (n *NoPrinter) Print(k string) { n.seen[k]++ }
