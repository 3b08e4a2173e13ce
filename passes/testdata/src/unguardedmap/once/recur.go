package once

import "sync"

// A function that a Once runs, and that leads by a goroutine to itself, under the Once again.

type onceLedger struct {
	counts map[string]int
	in     chan string
}

var (
	theLedger *onceLedger
	ledgerOne sync.Once
)

func ledgerSize() int {
	go ledgerOne.Do(makeLedger)
	return 3
}

func makeLedger() {
	theLedger = &onceLedger{map[string]int{}, make(chan string, ledgerSize())}
	go theLedger.FP_count()
}

func (l *onceLedger) FP_count() {
	for k := range l.in {
		l.counts[k]++ // want `map onceLedger.counts is written here by several goroutines at once with no lock`
	}
}

func Ledger() int { return ledgerSize() }
