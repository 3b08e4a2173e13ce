// Package buffers hands out bytes that hang on an object, and the object.
package buffers

import "sync"

type writer struct {
	buf  []byte
	seen map[string]bool
}

func newWriter() *writer { return &writer{seen: map[string]bool{}} }

// Reset is called by whoever knows of it, by an interface that is not known here.
func (w *writer) Reset() { w.note("reset") }

func (w *writer) note(s string) {
	if !w.seen[s] {
		w.seen[s] = true
	}
}

// Server writes.
type Server struct {
	chunks chan []byte
	mu     sync.Mutex
	ticks  map[string]int
}

func (s *Server) tick() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.ticks["all"]++
}

// Serve serves connections.
func (s *Server) Serve(conns chan string) {
	for c := range conns {
		go s.handleOk(c)
	}
}

// Whoever gets the bytes has not got the writer.
func (s *Server) handleOk(c string) {
	go s.tick()
	w := newWriter()
	w.buf = append(w.buf, c...)
	s.chunks <- w.buf
	w.note(c)
}

type object struct {
	buf  []byte
	seen map[string]bool
}

func newObject() *object { return &object{seen: map[string]bool{}} }

func (o *object) Reset() {
	if !o.seen["reset"] {
		o.seen["reset"] = true
	}
}

// Given hands the object over.
type Given struct {
	Server
	objects chan *object
}

// Serve serves connections.
func (g *Given) Serve(conns chan string) {
	for c := range conns {
		go g.handle(c)
	}
}

func (g *Given) handle(c string) {
	go g.tick()
	o := newObject()
	g.objects <- o
	if !o.seen[c] {
		o.seen[c] = true // want `map object.seen is written here and`
	}
}
