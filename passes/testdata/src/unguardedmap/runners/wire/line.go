package wire

// Line is what a server listens on.
type Line interface {
	Handle(f func(from int, text string))
	Start(conns []chan string)
}

// Cable is the only Line here.
type Cable struct {
	handle func(from int, text string)
}

// Handle sets the function that gets each message.
func (c *Cable) Handle(f func(from int, text string)) { c.handle = f }

// Start reads from all connections.
func (c *Cable) Start(conns []chan string) {
	for i, conn := range conns {
		go func() {
			for text := range conn {
				c.handle(i, text)
			}
		}()
	}
}

// Wave can be either of two: who of them is called is not known.
type Wave interface {
	Each(f func(text string))
}

// Short calls the function on goroutines.
type Short struct{ each func(string) }

// Each sets the function.
func (s *Short) Each(f func(text string)) { s.each = f }

// Start calls the function on goroutines.
func (s *Short) Start(texts []string) {
	for _, text := range texts {
		go s.each(text)
	}
}

// Long calls the function on the spot.
type Long struct{}

// Each calls the function.
func (l *Long) Each(f func(text string)) { f("long") }

// Power is what most users have an implementation of their own for.
type Power interface{ Switch(to string) }

// Stub counts calls, for tests.
type Stub struct{ calls map[string]int }

// Switch counts.
func (s *Stub) Switch(to string) { s.calls[to]++ }

// Toggle switches it twice.
func Toggle(p Power) { p.Switch("on"); p.Switch("off") }
