// Package staged has tests that bring goroutines of the product together with what they do themselves, in an order that only they know.
package staged

type Mux struct {
	m    map[string]chan string
	conn chan string
}

func newMux() *Mux { return &Mux{m: map[string]chan string{}, conn: make(chan string)} }

func (m *Mux) Serve() {
	for c := range m.conn {
		m.m[c] <- c
	}
}
