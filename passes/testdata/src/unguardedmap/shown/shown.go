// Package shown holds helpers that encode or print what they are given, of which only their callers know that it is a map.
package shown

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"sync"

	"unguardedmap/shown/logging"
)

func respond(w io.Writer, v any) error { return json.NewEncoder(w).Encode(v) }

func answer(w io.Writer, v interface{}) error {
	if s, ok := v.(string); ok {
		_, err := io.WriteString(w, s)
		return err
	}
	return respond(w, v)
}

type server struct {
	mu    sync.Mutex
	log   *logging.Logger
	users map[string]int
}

func (s *server) Add(name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.users[name]++
}

func (s *server) ListBad(w io.Writer) error {
	return respond(w, s.users) // want `map server.users is iterated without server.mu`
}

func (s *server) AnswerBad(w io.Writer) error {
	return answer(w, s.users) // want `map server.users is iterated without server.mu`
}

func (s *server) LogBad() {
	s.log.Debugf("%d: %v", 1, s.users) // want `map server.users is iterated without server.mu`
}

func (s *server) ListOk(w io.Writer) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return answer(w, s.users)
}

func (s *server) CopyOk(w io.Writer) error {
	s.mu.Lock()
	users := maps.Clone(s.users)
	s.mu.Unlock()
	return respond(w, users)
}

func (s *server) TakenBad(w io.Writer) error {
	s.mu.Lock()
	users := s.users
	s.mu.Unlock()
	return respond(w, users) // want `map server.users is iterated after server.mu, under which it was taken, is released`
}

func (s *server) LogOk() { s.log.Debugf("%v", "nothing of a map") }

func twice(f func() error) error {
	if err := f(); err != nil {
		return f()
	}
	return nil
}

// A closure has captured the value.
func retry(w io.Writer, v any) error {
	return twice(func() error { return respond(w, v) })
}

func (s *server) RetryBad(w io.Writer) error {
	return retry(w, s.users) // want `map server.users is iterated without server.mu`
}

type counters struct {
	mu    sync.Mutex
	Total map[string]int
	last  map[string]int
}

func (c *counters) Add(name string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.Total[name]++
	c.last[name] = 1
}

// An encoder sees what is exported.
func (c *counters) EncodeBad(w io.Writer) error {
	return respond(w, c) // want `map counters.Total is iterated without counters.mu`
}

type printed struct {
	mu   sync.Mutex
	last map[string]int
}

func (p *printed) Add(name string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.last[name] = 1
}

// A printer sees all.
func (p *printed) PrintBad() string {
	return fmt.Sprintf("%+v", p) // want `map printed.last is iterated without printed.mu`
}

type named struct {
	mu   sync.Mutex
	last map[string]int
}

func (n *named) String() string { return "named" }

func (n *named) Add(name string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.last[name] = 1
}

// It prints itself.
func (n *named) PrintOk() string { return fmt.Sprint(n) }

type holder struct {
	mu    sync.Mutex
	inner *named2
}

type named2 struct{ last map[string]int }

func (h *holder) Add(name string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.inner.last[name] = 1
}

// A pointer in a struct is printed as one.
func (h *holder) PrintOk() string { return fmt.Sprint(h) }

type self struct {
	mu   sync.Mutex
	Last map[string]int
}

func (s *self) MarshalJSON() ([]byte, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return json.Marshal(s.Last)
}

func (s *self) Add(name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.Last[name] = 1
}

func (s *self) EncodeOk(w io.Writer) error { return respond(w, s) }

func inGoroutineBad(w io.Writer) {
	m := map[string]int{}
	go respond(w, m)
	m["a"] = 1 // want `map m is written here and iterated at`
}

func localOk(w io.Writer) error {
	m := map[string]int{"a": 1}
	return respond(w, m)
}
