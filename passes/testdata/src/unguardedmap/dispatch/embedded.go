package dispatch

import "sync"

// Objects that have the methods of an interface from what they embed.

type tags interface{ tag(k string) }

type quietTags struct{ n int }

func (q *quietTags) tag(k string) { q.n += len(k) }

type tagsBad struct{ by map[string]int }

func (t *tagsBad) tag(k string) {
	t.by[k] = len(k) // want `map tagsBad.by is written here by several goroutines at once with no lock`
}

type namedTags struct {
	*tagsBad
	name string
}

func TagBad(keys []string) {
	var t tags = &namedTags{&tagsBad{map[string]int{}}, "a"}
	for _, k := range keys {
		go func() { t.tag(k) }()
	}
}

type sinks interface{ put(k string) }

type quietSink struct{ n int }

func (q *quietSink) put(k string) { q.n += len(k) }

type sinkBad struct{ by map[string]int }

func (s *sinkBad) put(k string) {
	s.by[k] = len(k) // want `map sinkBad.by is written here by several goroutines at once with no lock`
}

type namedSink struct {
	*sinkBad
	name string
}

func putTo(s sinks, k string) { s.put(k) }

// So it is where a function gets it.
func SinkBad(keys []string) {
	s := &namedSink{&sinkBad{map[string]int{}}, "a"}
	for _, k := range keys {
		go putTo(s, k)
	}
}

type drains interface{ pour(k string) }

type drainOk struct{ by map[string]int }

func (d *drainOk) pour(k string) { d.by[k] = len(k) }

type lockedDrainOk struct {
	mu sync.Mutex
	in drains
}

func (l *lockedDrainOk) pour(k string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.in.pour(k)
}

func newLockedDrain(in drains) drains { return &lockedDrainOk{in: in} }

func pourInto(d drains, k string) { d.pour(k) }

// And what a function gets is known by how it was made.
func DrainOk(keys []string) {
	d := newLockedDrain(&drainOk{map[string]int{}})
	for _, k := range keys {
		go pourInto(d, k)
	}
}

type stores interface{ stow(k string) }

type quietStore struct{ n int }

func (q *quietStore) stow(k string) { q.n += len(k) }

type storeBad struct{ by map[string]int }

func (s *storeBad) stow(k string) {
	s.by[k] = len(k) // want `map storeBad.by is written here by several goroutines at once with no lock`
}

type holding struct {
	stores
	name string
}

// Behind an interface that is embedded may be any.
func StoreBad(keys []string) {
	var s stores = &holding{&storeBad{map[string]int{}}, "a"}
	for _, k := range keys {
		go func() { s.stow(k) }()
	}
}
