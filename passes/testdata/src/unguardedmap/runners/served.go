package runners

import (
	"net/http"
	"sync"

	"unguardedmap/runners/wire"
)

// door is a handler that calls functions which others put into it.
type door struct {
	knock  func(string)
	closed func(string)
}

func (d *door) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if d.knock != nil {
		d.knock(r.URL.Path)
	}
	d.close(r)
}

func (d *door) close(r *http.Request) {
	if d.closed != nil {
		d.closed(r.URL.Path)
	}
}

type guests struct {
	mu   sync.Mutex
	came map[string]int
	left map[string]int
}

func (g *guests) watchBad(d *door) {
	d.knock = func(who string) {
		g.came[who]++ // want `map guests.came is written here by several goroutines at once with no lock: the handler guests.watchBad\$1 runs for each request`
	}
}

func (g *guests) watchOk(d *door) {
	d.closed = func(who string) {
		g.mu.Lock()
		defer g.mu.Unlock()
		g.left[who]++
	}
}

// relay passes what the bus reads on to its topics: what it registered runs on the goroutines of the bus.
type relay struct {
	topics map[string]func(string)
	always func(string)
}

func newRelay(b *wire.Bus) *relay {
	r := &relay{topics: map[string]func(string){}}
	b.OnMessage(r.take)
	return r
}

func (r *relay) take(_ int, text string) {
	if f := r.topics[text]; f != nil {
		f(text)
	}
	r.always(text)
}

type scores struct {
	mu    sync.Mutex
	by    map[string]int
	total map[string]int
}

func (s *scores) joinBad(r *relay) {
	r.topics["score"] = s.add
}

func (s *scores) add(text string) {
	s.by[text]++ // want `map scores.by is written here by several goroutines at once with no lock: the callback scores.add is called by several goroutines at once`
}

func (s *scores) joinOk(r *relay) {
	r.always = s.sum
}

func (s *scores) sum(text string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.total[text]++
}

// Called by whoever has a list, not by a server.
type sorter struct {
	less func(a, b string) bool
}

func (s *sorter) min(list []string) (out string) {
	for _, x := range list {
		if s.less(x, out) {
			out = x
		}
	}
	return out
}

type seen struct{ asked map[string]int }

func (s *seen) smallestOk(list []string) string {
	by := &sorter{}
	by.less = func(a, b string) bool {
		s.asked[a]++
		return a < b
	}
	return by.min(list)
}
