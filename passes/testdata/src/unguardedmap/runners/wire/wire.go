// Package wire reads messages on a goroutine for each connection.
package wire

// Bus hands each message to a function.
type Bus struct {
	onMessage func(from int, text string)
}

// OnMessage sets the function.
func (b *Bus) OnMessage(f func(from int, text string)) { b.onMessage = f }

// Listen reads from all connections.
func (b *Bus) Listen(conns []chan string) {
	for i, c := range conns {
		go b.read(i, c)
	}
}

func (b *Bus) read(i int, c chan string) {
	for text := range c {
		b.onMessage(i, text)
	}
}
