// Package events tells listeners, which other packages implement, on a goroutine of its own.
package events

// Listener is told one thing after another.
type Listener interface {
	Heard(what string)
	Start()
}

// Bus has one goroutine.
type Bus struct {
	in        chan string
	listeners []Listener
}

// New starts the goroutine.
func New() *Bus {
	b := &Bus{in: make(chan string)}
	go b.run()
	return b
}

// Add comes first.
func (b *Bus) Add(l Listener) {
	b.listeners = append(b.listeners, l)
	l.Start()
}

func (b *Bus) run() {
	for what := range b.in {
		for _, l := range b.listeners {
			l.Heard(what)
		}
	}
}
