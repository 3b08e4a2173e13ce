// Package bus calls what was put into its lists.
package bus

type listener struct {
	topic string
	fn    func(string)
}

// Bus calls its listeners on the goroutine of whoever has something to tell.
type Bus struct {
	listeners []*listener
	last      func(string)
}

func (b *Bus) On(topic string, fn func(string)) {
	b.listeners = append(b.listeners, &listener{topic, fn})
}

func (b *Bus) Tell(msg string) { b.tell(msg) }

func (b *Bus) tell(msg string) {
	for _, l := range b.listeners {
		l.fn(msg)
	}
}

// SetLast does nothing but this.
func (b *Bus) SetLast(fn func(string)) { b.last = fn }

func (b *Bus) Last(msg string) { b.last(msg) }
