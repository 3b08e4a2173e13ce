// Package embeds has one struct that is part of several, which have their own locks.
package embeds

import "sync"

type stream struct {
	trailer map[string]string
	done    chan struct{}
}

// The client's part is ordered by done; only the server's has a lock.
type ClientStream struct{ stream }

func (c *ClientStream) Finish(md map[string]string) {
	c.trailer = md
	close(c.done)
}

func (c *ClientStream) TrailerOk() map[string]string {
	<-c.done
	return c.trailer
}

type ServerStream struct {
	mu sync.Mutex
	stream
	client *ClientStream
}

func (s *ServerStream) Set(md map[string]string) {
	s.mu.Lock()
	s.trailer = md
	s.mu.Unlock()
}

func (s *ServerStream) Clear() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.trailer = nil
}

func (s *ServerStream) AbortOk() { s.client.Finish(nil) }

// The server's own, without its lock.
func (s *ServerStream) TrailerBad() map[string]string {
	return s.trailer // want `variable stream.trailer is read without ServerStream.mu, under which it is replaced`
}

// A struct that is shared by pointer is one, whoever holds it.
type board struct {
	mu    sync.Mutex
	marks map[string]int
}

type Writer struct{ *board }

func (w *Writer) Mark(k string) {
	w.mu.Lock()
	w.marks[k]++
	w.mu.Unlock()
}

func (w *Writer) Reset(m map[string]int) {
	w.mu.Lock()
	w.marks = m
	w.mu.Unlock()
}

type Reader struct{ *board }

func (r *Reader) MarksBad() int {
	return len(r.marks) // want `map board.marks is measured without board.mu`
}

// The buffer is copied with its map: the variable is the copy's own, the content is not.
type base struct {
	mu   *sync.Mutex
	rows map[string]int
}

type live struct{ base }

type snapshot struct{ base }

func (l *live) Add(k string) {
	l.mu.Lock()
	l.rows[k]++
	l.mu.Unlock()
}

func (l *live) snapshot() *snapshot { return &snapshot{base{l.mu, l.rows}} }

func (s *snapshot) DropOk() { s.rows = nil }

func (s *snapshot) GetBad(k string) int {
	return s.rows[k] // want `map base.rows is read without base.mu`
}
