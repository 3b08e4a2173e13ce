package runners

import "sync"

// The channel of functions is a function's own, and so are those who call what comes out of it.
func localMany() {
	tasks := make(chan func())
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for t := range tasks {
				t()
			}
		})
	}
	squares := map[int]int{}
	for i := range 10 {
		tasks <- func() {
			squares[i] = i * i // want `map squares is written here by several goroutines at once with no lock`
		}
	}
	for i := range 10 {
		own := map[int]int{}
		tasks <- func() { own[i]++ }
	}
	close(tasks)
	wg.Wait()
}

func localOneOk() {
	tasks := make(chan func())
	go func() {
		for t := range tasks {
			t()
		}
	}()
	squares := map[int]int{}
	for i := range 10 {
		tasks <- func() { squares[i] = i * i }
	}
	close(tasks)
}

// Each turn has a channel of its own.
func localEachOk() {
	for range 4 {
		tasks := make(chan func())
		go func() {
			for t := range tasks {
				t()
			}
		}()
		squares := map[int]int{}
		tasks <- func() { squares[1]++ }
		tasks <- func() { squares[2]++ }
		close(tasks)
	}
}

var (
	_ = localMany
	_ = localOneOk
	_ = localEachOk
)

// lot has workers that a WaitGroup starts.
type lot struct {
	in chan func()
	wg sync.WaitGroup
}

func newLot(n int) *lot {
	l := &lot{in: make(chan func())}
	for range n {
		l.wg.Go(l.work)
	}
	return l
}

func (l *lot) work() {
	for f := range l.in {
		f()
	}
}

func (l *lot) do(f func()) { l.in <- f }

type ledger struct {
	lot   *lot
	lines map[string]int
}

func (l *ledger) Note(k string) {
	l.lot.in <- func() {
		l.lines[k]++ // want `map ledger.lines is written here by several goroutines at once with no lock`
	}
}

// What each call, or each turn, has made is for its task alone: a task is run once.
func (l *lot) EachOk(k string) {
	own := map[string]int{}
	l.in <- func() { own[k]++ }
	for i := range 3 {
		m := map[int]int{}
		l.in <- func() { m[i]++ }
	}
	for i := range 3 {
		m := map[int]int{}
		l.do(func() { m[i]++ })
	}
}

// Two tasks have it.
func (l *lot) TwoBad(k string) {
	both := map[string]int{}
	l.in <- func() { both[k]++ } // want `map both is written here and read at local.go:\d+ with no lock in common`
	l.do(func() { both[k]++ })
}

var _ = newLot
