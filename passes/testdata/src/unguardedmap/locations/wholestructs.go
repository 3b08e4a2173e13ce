package locations

import "sync"

// A struct that is set as a whole has its maps set.

type entries struct {
	byName map[string]int
	hits   int
}

// Made, filled and kept in one section, then only read.
type archive struct {
	mu    sync.Mutex
	names []string
	all   entries
}

func (a *archive) loadOk() entries {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.all.byName != nil {
		return a.all
	}
	a.all = entries{byName: make(map[string]int, len(a.names))}
	for i, n := range a.names {
		a.all.byName[n] = i
	}
	return a.all
}

func (a *archive) Look(n string) int { return a.loadOk().byName[n] }

// Filled in later sections, too.
type counted struct {
	mu  sync.Mutex
	all counts
}

type counts struct{ byName map[string]int }

func (c *counted) load(n string) counts {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.all.byName == nil {
		c.all = counts{byName: make(map[string]int)}
	}
	c.all.byName[n]++
	return c.all
}

func (c *counted) LookBad(n string) int {
	return c.load(n).byName[n] // want `map counts.byName is read after counted.mu, under which it was taken, is released`
}

// The struct is set anew without the lock.
type totals struct {
	seen  map[string]int
	count int
}

type meter struct {
	mu  sync.Mutex
	cur totals
}

func (m *meter) add(n string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.cur.seen[n]++
	m.cur.count++
}

func (m *meter) resetBad() {
	m.cur = totals{seen: map[string]int{}} // want `map totals.seen is replaced without meter.mu, held at 2 of its 2 other accesses`
}

func (m *meter) resetOk() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.cur = totals{seen: map[string]int{}}
}

func Measure() {
	m := &meter{}
	m.cur = totals{seen: map[string]int{}}
	go m.add("a")
	go m.resetOk()
	go m.resetBad()
}

// An object that was put into a struct, and that where others find it, is shared.
type tool struct{ tags map[string]string }

type niche struct {
	tool *tool
	at   int
}

type ledge struct {
	mu     sync.Mutex
	niches map[string]niche
	refs   map[string]*niche
	list   []niche
}

func (l *ledge) putBad(n string) {
	t := &tool{tags: map[string]string{}}
	l.mu.Lock()
	l.niches[n] = niche{tool: t}
	l.mu.Unlock()
	t.tags["name"] = n
}

func (l *ledge) putOk(n string) {
	t := &tool{tags: map[string]string{}}
	t.tags["name"] = n
	l.mu.Lock()
	l.niches[n] = niche{tool: t}
	l.mu.Unlock()
}

func (l *ledge) tag(n, k, v string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if t := l.niches[n].tool; t != nil {
		t.tags[k] = v // want `map tool.tags is written here and written at wholestructs.go:\d+ with no lock in common: the goroutine ledge.tag`
	}
}

func Store() {
	l := &ledge{niches: map[string]niche{}}
	for {
		go l.putOk("a")
		go l.putBad("b")
		go l.tag("a", "b", "c")
	}
}

// A helper puts it there, in one more object or in a list.
type lamp struct{ tags map[string]string }

type socket struct {
	lamp *lamp
	at   int
}

type hall struct {
	mu    sync.Mutex
	lamps map[string]*socket
}

func (h *hall) hang(n string, l *lamp) {
	h.mu.Lock()
	h.lamps[n] = &socket{lamp: l}
	h.mu.Unlock()
}

func (h *hall) addBad(n string) {
	l := &lamp{tags: map[string]string{}}
	h.hang(n, l)
	l.tags["name"] = n
}

func (h *hall) addOk(n string) {
	l := &lamp{tags: map[string]string{}}
	l.tags["name"] = n
	h.hang(n, l)
}

func (h *hall) tag(n, k, v string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.lamps[n].lamp.tags[k] = v // want `map lamp.tags is written here and written at wholestructs.go:\d+ with no lock in common: the goroutine hall.tag`
}

func Light() {
	h := &hall{lamps: map[string]*socket{}}
	for {
		go h.addOk("a")
		go h.addBad("b")
		go h.tag("a", "b", "c")
	}
}

type bulb struct{ tags map[string]string }

type row struct {
	mu    sync.Mutex
	bulbs []*bulb
}

func (r *row) append(b *bulb) {
	r.mu.Lock()
	r.bulbs = append(r.bulbs, b)
	r.mu.Unlock()
}

func (r *row) addBad(n string) {
	b := &bulb{tags: map[string]string{}}
	r.append(b)
	b.tags["name"] = n
}

func (r *row) addOk(n string) {
	b := &bulb{tags: map[string]string{}}
	b.tags["name"] = n
	r.append(b)
}

func (r *row) tag(k, v string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, b := range r.bulbs {
		b.tags[k] = v // want `map bulb.tags is written here and written at wholestructs.go:\d+ with no lock in common: the goroutine row.tag`
	}
}

func Line() {
	r := &row{}
	for {
		go r.addOk("a")
		go r.addBad("b")
		go r.tag("a", "b")
	}
}

// Two that a helper has put into a list are two.
type fuse struct{ tags map[string]string }

type box struct {
	mu    sync.Mutex
	fuses []*fuse
}

func (b *box) append(f *fuse) {
	b.mu.Lock()
	b.fuses = append(b.fuses, f)
	b.mu.Unlock()
}

func (b *box) addOk(n string) {
	f := &fuse{tags: map[string]string{}}
	b.append(f)
	f.tags["name"] = n
}

func (b *box) count() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return len(b.fuses)
}

func Wire() {
	b := &box{}
	for {
		go b.addOk("a")
		go b.count()
	}
}
