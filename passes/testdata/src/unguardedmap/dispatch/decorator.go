package dispatch

import "sync"

// What stands behind an interface is known where the value was made in sight.

type routes interface{ add(k string) }

type plainOk struct{ by map[string]int }

func (p *plainOk) add(k string) { p.by[k] = len(k) }

type lockedOk struct {
	mu sync.Mutex
	in routes
}

func (l *lockedOk) add(k string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.in.add(k)
}

func newLocked(in routes) routes { return &lockedOk{in: in} }

// Whoever calls the decorator does not call what it wraps.
func AddOk(keys []string) {
	r := newLocked(&plainOk{map[string]int{}})
	for _, k := range keys {
		go func() { r.add(k) }()
	}
}

type bareBad struct{ by map[string]int }

func (b *bareBad) add(k string) {
	b.by[k] = len(k) // want `map bareBad.by is written here by several goroutines at once with no lock`
}

func newBare() routes { return &bareBad{map[string]int{}} }

// Nor does whoever calls another one call the decorator.
func AddBad(keys []string) {
	r := newBare()
	for _, k := range keys {
		go func() { r.add(k) }()
	}
}

type shape interface{ draw(k string) }

type (
	oneShape   struct{ n int }
	twoShape   struct{ n int }
	threeShape struct{ n int }
	fourShape  struct{ n int }
	mapBad     struct{ drawn map[string]int }
)

func (s *oneShape) draw(k string)   { s.n += len(k) }
func (s *twoShape) draw(k string)   { s.n += len(k) }
func (s *threeShape) draw(k string) { s.n += len(k) }
func (s *fourShape) draw(k string)  { s.n += len(k) }
func (s *mapBad) draw(k string) {
	s.drawn[k]++ // want `map mapBad.drawn is written here by several goroutines at once with no lock`
}

// One of many, but it is known which.
func DrawBad(keys []string) {
	var s shape = &mapBad{map[string]int{}}
	for _, k := range keys {
		go func() { s.draw(k) }()
	}
}
