package tested

// Mux serves what is registered, and has no lock.
type Mux struct {
	m    map[string]chan string
	conn chan string
}

func NewMux() *Mux { return &Mux{m: map[string]chan string{}, conn: make(chan string)} }

func (m *Mux) Serve() {
	for c := range m.conn {
		m.m[c] <- c
	}
}

func (m *Mux) Register(k string) chan string {
	m.m[k] = make(chan string, 1)
	return m.m[k]
}
