package backpointers

import "sync"

// A connection and its reader know each other: what the reader reaches through the connection is the connection's.
type line struct {
	mu    sync.RWMutex
	calls map[int]func()
	asked chan int
	in    *reader
}

type reader struct {
	line *line
	got  chan int
}

func newLine() *line {
	l := &line{calls: map[int]func(){}, asked: make(chan int)}
	l.in = &reader{line: l, got: make(chan int)}
	return l
}

func Dial() { go newLine().run() }

func (l *line) run() {
	go l.in.read()
	for k := range l.asked {
		l.mu.Lock()
		l.calls[k] = nil
		l.mu.Unlock()
	}
}

func (r *reader) read() {
	for id := range r.got {
		r.line.answer(id)
	}
}

func (l *line) answer(id int) {
	l.mu.RLock()
	call := l.calls[id]
	l.mu.RUnlock()
	delete(l.calls, id) // want `map line.calls is deleted from`
	call()
}

// The reader is the only one that uses the map.
type cableOk struct {
	calls map[int]func()
	in    *tapOk
}

type tapOk struct {
	cable *cableOk
	got   chan int
}

func DialOk() {
	c := &cableOk{calls: map[int]func(){}}
	c.in = &tapOk{cable: c, got: make(chan int)}
	go c.in.read()
}

func (t *tapOk) read() {
	for id := range t.got {
		t.cable.calls[id] = nil
	}
}
