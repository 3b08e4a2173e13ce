package conditions

import "sync"

type line struct{ mu sync.Mutex }

type pump struct {
	mu   sync.Mutex
	line *line
	n    int
}

func (l *line) flush() {
	if l != nil {
		l.mu.Lock()
	}
	println()
	if l != nil {
		l.mu.Unlock()
	}
}

// The line is asked for twice, and each time the same answers.
func (p *pump) AgainOk() {
	p.line.flush()
	l := p.line
	if l != nil {
		l.mu.Lock()
	}
	p.mu.Lock()
	p.n++
	p.mu.Unlock()
	if l != nil {
		l.mu.Unlock()
	}
}

// What is asked for after another lock was held may be another line.
func (p *pump) AgainBad() {
	p.line.flush()
	if p.line != nil {
		p.line.mu.Lock()
	}
	p.mu.Lock()
	p.line = nil
	p.mu.Unlock()
	if p.line != nil {
		p.line.mu.Unlock() // want `line.mu is released here, but is not held on every path to this place`
	}
}

// A literal reads what its function has set once.
func EachOk(l *line, other *sync.Mutex) {
	for _, c := range []struct{ name, of string }{{"a", ""}, {"b", "x"}} {
		each(func() {
			if c.of != "" {
				l.mu.Lock()
			}
			other.Lock()
			println(c.name)
			other.Unlock()
			if c.of != "" {
				l.mu.Unlock()
			}
		})
	}
}

// Another literal sets it meanwhile.
func EachBad(l *line, other *sync.Mutex) {
	c := struct{ name, of string }{"a", ""}
	each(func() { c.of = "x" })
	each(func() {
		if c.of != "" {
			l.mu.Lock()
		}
		other.Lock()
		println(c.name)
		other.Unlock()
		if c.of != "" {
			l.mu.Unlock() // want `line.mu is released here, but is not held on every path to this place`
		}
	})
}

func each(f func()) { f() }
