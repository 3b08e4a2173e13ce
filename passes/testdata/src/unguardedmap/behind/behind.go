// Package behind implements interfaces that another package declares, and calls on its goroutines.
package behind

import (
	"sync"

	"unguardedmap/behind/events"
	"unguardedmap/behind/rules"
)

// The workers of an engine ask one rule at once.
type seenBad struct {
	seen  map[string]bool
	names map[string]int
}

func (s *seenBad) Match(line string) bool {
	s.seen[line] = true // want `map seenBad.seen is written here by several goroutines at once with no lock: .* is called by several goroutines at once`
	return s.seen[line]
}

// Nobody asks for the name at once.
func (s *seenBad) Name() string {
	s.names["asked"]++
	return "seen"
}

func NewSeen() rules.Rule { return &seenBad{map[string]bool{}, map[string]int{}} }

type seenOk struct {
	mu   sync.Mutex
	seen map[string]bool
}

func (s *seenOk) Match(line string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.seen[line] = true
	return s.seen[line]
}

func (s *seenOk) Name() string { return "guarded" }

func NewGuarded() rules.Rule { return &seenOk{seen: map[string]bool{}} }

// What is made for the call is the call's own.
type wordsOk struct{ stop map[string]bool }

func (w *wordsOk) Match(line string) bool {
	words := map[string]bool{}
	words[line] = true
	return w.stop[line] && words[line]
}

func (w *wordsOk) Name() string { return "words" }

func NewWords() rules.Rule { return &wordsOk{map[string]bool{"a": true}} }

// Of a type that has the methods, but is handed to nobody, nothing is known.
type LooseOk struct{ seen map[string]bool }

func (l *LooseOk) Match(line string) bool { l.seen[line] = true; return true }
func (l *LooseOk) Name() string           { return "loose" }

// Each goroutine has a session of its own.
type sessionOk struct{ lines map[string]int }

func (s *sessionOk) Handle(line string) { s.lines[line]++ }

func ServeOk(lines chan string) {
	rules.Serve(4, func() rules.Session { return &sessionOk{map[string]int{}} }, lines)
}

// The store is called under a lock of whoever has it.
type storeOk struct{ rows map[string]int }

func (s *storeOk) Put(k string) { s.rows[k]++ }

func NewStore() rules.Store { return &storeOk{map[string]int{}} }

// The hooks are fired on a goroutine each.
type hookBad struct{ fired map[string]int }

func (h *hookBad) Fired(name string) {
	h.fired[name]++ // want `map hookBad.fired is written here by several goroutines at once with no lock: .* is called by several goroutines at once`
}

func NewHook() rules.Hook { return &hookBad{map[string]int{}} }

// The bus tells its listeners on one goroutine; another one, of the listener itself, reports what it has heard.
type tallyBad struct {
	heard map[string]int
	done  chan struct{}
}

func (t *tallyBad) Heard(what string) {
	t.heard[what]++ // want `map tallyBad.heard is written here and iterated at .* with no lock in common`
}

func (t *tallyBad) Start() { go t.report() }

func (t *tallyBad) report() {
	for {
		for range t.heard {
		}
		select {
		case <-t.done:
			return
		default:
		}
	}
}

func Listen(b *events.Bus) { b.Add(&tallyBad{heard: map[string]int{}, done: make(chan struct{})}) }

// One goroutine alone tells this one.
type quietOk struct{ heard map[string]int }

func (q *quietOk) Heard(what string) { q.heard[what]++ }
func (q *quietOk) Start()            {}

func ListenOk(b *events.Bus) { b.Add(&quietOk{map[string]int{}}) }

// Handed to a function, which starts goroutines for it.
type visits struct{ of map[string]int }

func (v *visits) Visit(s string) {
	v.of[s]++ // want `map visits.of is written here by several goroutines at once with no lock`
}

func CountVisitsBad(in <-chan string) { rules.VisitAll(&visits{map[string]int{}}, in, 4) }

// One for each goroutine.
type guest struct{ met map[string]int }

func (g *guest) Greet(s string) { g.met[s]++ }

func GreetOk(in <-chan string) {
	rules.GreetAll([]rules.Guest{&guest{map[string]int{}}, &guest{map[string]int{}}}, in)
}
