package callbacks

import (
	"iter"
	"maps"
	"strings"
	"sync"
)

// What is handed to a function that is not in sight, out of a field, runs on the goroutine that hands it over. So does the body of a loop over an iterator.

type probe func(report func(name string, v int))

type meter struct {
	probes   []probe
	fallback probe
	last     map[string]int
	seen     map[string]int
	mu       sync.Mutex
}

func (m *meter) Add(p probe)     { m.probes = append(m.probes, p) }
func (m *meter) Default(p probe) { m.fallback = p }

// Each round may still be at it when the next one begins.
func (m *meter) RunBad() {
	for {
		go func() {
			report := func(name string, v int) {
				m.last[name] = v - m.last[name] // want `map meter.last is written here by several goroutines at once with no lock`
			}
			for _, p := range m.probes {
				p(report)
			}
		}()
	}
}

// What a caller passes it knows, but not what that is handed here.
func (m *meter) FN_Given(p probe) {
	for {
		go p(func(name string, v int) { m.last[name] = v })
	}
}

func (m *meter) FallbackOk() {
	for {
		go m.fallback(func(name string, v int) {
			m.mu.Lock()
			defer m.mu.Unlock()
			m.seen[name] = v
		})
	}
}

// Of a function of the package with this signature, it is its own affair what it holds while it calls.
type shelf struct {
	mu    sync.Mutex
	each  func(f func(k string) bool)
	books map[string]int
}

func newShelf() *shelf {
	s := &shelf{books: map[string]int{}}
	s.each = s.locked
	return s
}

func (s *shelf) locked(f func(k string) bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for k := range s.books {
		if !f(k) {
			return
		}
	}
}

func (s *shelf) CountOk() {
	for range 3 {
		go func() {
			s.each(func(k string) bool {
				s.books[k]++
				return true
			})
		}()
	}
}

type tally struct {
	mu                   sync.Mutex
	words, keys, m, safe map[string]int
}

type lister interface{ All() iter.Seq[string] }

func (t *tally) WordsBad(text string) {
	for range 3 {
		go func() {
			for w := range strings.SplitSeq(text, " ") {
				t.words[w]++ // want `map tally.words is written here by several goroutines at once with no lock`
			}
		}()
	}
}

func (t *tally) KeysBad(of map[string]bool) {
	for range 3 {
		go func() {
			for k := range maps.Keys(of) {
				t.keys[k]++ // want `map tally.keys is written here by several goroutines at once with no lock`
			}
		}()
	}
}

func (t *tally) ListedBad(l lister, more iter.Seq[string]) {
	for range 3 {
		go func() {
			for k := range l.All() {
				t.m[k]++ // want `map tally.m is written here by several goroutines at once with no lock`
			}
			for k := range more {
				t.m[k]++
			}
		}()
	}
}

func (t *tally) LockedOk(of map[string]bool) {
	for range 3 {
		go func() {
			for k := range maps.Keys(of) {
				t.mu.Lock()
				t.safe[k]++
				t.mu.Unlock()
			}
			t.mu.Lock()
			defer t.mu.Unlock()
			for k := range maps.Keys(of) {
				t.safe[k]++
			}
		}()
	}
}

// A loop that gives up the lock where it leaves by a return.
func (t *tally) FindOk(of map[string]bool, want string) bool {
	t.mu.Lock()
	for k := range maps.Keys(of) {
		if k == want {
			t.safe[k]++
			t.mu.Unlock()
			return true
		}
	}
	t.safe[want]++
	t.mu.Unlock()
	return false
}

func (t *tally) all() iter.Seq[string] {
	return func(yield func(string) bool) {
		_ = yield("a") && yield("b")
	}
}

func (t *tally) FirstOk(want string) bool {
	t.mu.Lock()
	for k := range t.all() {
		if k == want {
			t.mu.Unlock()
			return true
		}
	}
	t.safe[want]++
	t.mu.Unlock()
	return false
}

// few adapts an iterator: what it yields runs under the locks of that one, which callers know.
func few(in iter.Seq[string]) iter.Seq[string] {
	return func(yield func(string) bool) {
		for k := range in {
			if len(k) < 3 && !yield(k) {
				return
			}
		}
	}
}

func (t *tally) locked() iter.Seq[string] {
	return func(yield func(string) bool) {
		t.mu.Lock()
		defer t.mu.Unlock()
		for k := range t.safe {
			if !yield(k) {
				return
			}
		}
	}
}

func (t *tally) AdaptedOk() {
	for k := range few(t.locked()) {
		t.safe[k]++
	}
}

// FN_Adapted ranges over an adapted iterator that takes no lock.
func (t *tally) FN_Adapted(of map[string]bool) {
	for k := range few(maps.Keys(of)) {
		t.safe[k]++
	}
}
