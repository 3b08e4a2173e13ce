package runners

import (
	"sync"

	"unguardedmap/runners/wire"
)

// switchboard gets its line as an interface.
type switchboard struct {
	line  wire.Line
	taken func(string)
}

func (s *switchboard) open() {
	s.line.Handle(s.answer)
}

func (s *switchboard) answer(_ int, text string) { s.taken(text) }

func (s *switchboard) Taken(f func(string)) { s.taken = f }

type log struct {
	mu    sync.Mutex
	lines map[string]int
	kept  map[string]int
	waves map[string]int
}

func (l *log) attachBad(s *switchboard) { s.Taken(l.note) }

func (l *log) note(text string) {
	l.lines[text]++ // want `map log.lines is written here by several goroutines at once with no lock: the callback log.note is called by several goroutines at once`
}

func (l *log) attachOk(line wire.Line) {
	line.Handle(func(_ int, text string) {
		l.mu.Lock()
		defer l.mu.Unlock()
		l.kept[text]++
	})
}

func (l *log) attachWaveOk(w wire.Wave) {
	w.Each(func(text string) { l.waves[text]++ })
}

// What is behind the interface need not be the only type that stands beside it.
func toggleOk(p wire.Power) {
	for range 3 {
		go p.Switch("on")
	}
}

func toggleBad(p *wire.Stub) {
	for range 3 {
		go p.Switch("on") // want `map Stub.calls is written here by several goroutines at once with no lock`
	}
}

// Nor is it what a function beside the interface is given.
func togglesOk(p wire.Power) {
	for range 3 {
		go wire.Toggle(p)
	}
}

func togglesBad(p *wire.Stub) {
	for range 3 {
		go wire.Toggle(p) // want `map Stub.calls is written here by several goroutines at once with no lock`
	}
}
