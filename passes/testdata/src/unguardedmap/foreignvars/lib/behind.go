package lib

import "sync"

// sessions is behind functions of the package.
type sessions struct{ in map[string]bool }

func (s *sessions) login(name string) { s.in[name] = true }

var current = &sessions{map[string]bool{}}

// Login is for anybody.
func Login(name string) { current.login(name) }

// Out tells who is not there.
func Out(name string) bool { return !current.in[name] }

type ledger struct {
	mu   sync.Mutex
	rows map[string]int
}

func (l *ledger) add(name string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.rows[name]++
}

var books = &ledger{rows: map[string]int{}}

// Book has the lock of the object.
func Book(name string) { books.add(name) }

type options struct{ set map[string]string }

var opts = options{map[string]string{"a": "b"}}

// Option only reads.
func Option(name string) string { return opts.set[name] }

type tally struct{ of map[string]int }

var (
	tallyMu sync.Mutex
	tallies = &tally{map[string]int{}}
)

// Tally has a lock beside the object.
func Tally(name string) {
	tallyMu.Lock()
	defer tallyMu.Unlock()
	tallies.of[name]++
}
