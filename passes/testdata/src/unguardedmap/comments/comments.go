// Package comments says in comments which lock guards what.
package comments

import "sync"

// Nobody holds the lock: what is written down counts.
type Trailing struct {
	mu   sync.Mutex
	rows map[string]int // guarded by mu
}

func (t *Trailing) PutBad(k string) {
	t.rows[k] = 1 // want `map Trailing.rows is written without Trailing.mu, which guards it as the comment says`
}

func (t *Trailing) GetBad(k string) int {
	return t.rows[k] // want `map Trailing.rows is read without Trailing.mu, which guards it as the comment says`
}

// With no comment there is no evidence: two methods, no lock, no goroutine.
type Silent struct {
	mu   sync.Mutex
	rows map[string]int
}

func (s *Silent) PutOk(k string) { s.rows[k] = 1 }

func (s *Silent) GetOk(k string) int { return s.rows[k] }

type Held struct {
	mu   sync.Mutex
	rows map[string]int // protected by mu
}

func NewHeldOk() *Held {
	h := &Held{rows: map[string]int{}}
	h.rows["a"] = 1 // nobody else has it yet
	return h
}

func (h *Held) PutOk(k string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.rows[k] = 1
}

func (h *Held) GetOk(k string) int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.rows[k]
}

// One that is only read needs no lock, whatever the comment says.
type Frozen struct {
	mu   sync.Mutex
	rows map[string]int // guarded by mu
}

func (f *Frozen) GetOk(k string) int { return f.rows[k] }

// The comment stands at the lock.
type Lists struct {
	mu    sync.Mutex // protects users, groups
	users map[string]int
	notes map[string]int
	// groups by name.
	groups map[string]int
}

func (l *Lists) AddBad(k string) {
	l.users[k] = 1  // want `map Lists.users is written without Lists.mu, which guards it`
	l.groups[k] = 1 // want `map Lists.groups is written without Lists.mu, which guards it`
	l.notes[k] = 1
}

type Paragraph struct {
	mu    sync.RWMutex // protects the following fields
	users map[string]int
	names map[string]string

	notes map[string]int
}

func (p *Paragraph) AddBad(k string) {
	p.users[k] = 1 // want `map Paragraph.users is written without Paragraph.mu, which guards it`
	p.names[k] = k // want `map Paragraph.names is written without Paragraph.mu, which guards it`
	p.notes[k] = 1
}

type Everything struct {
	conf map[string]int

	// mu guards all fields below.
	mu sync.Mutex

	users map[string]int

	names map[string]string

	other sync.Mutex
	notes map[string]int
}

func (e *Everything) AddBad(k string) {
	e.conf[k] = 1
	e.users[k] = 1 // want `map Everything.users is written without Everything.mu, which guards it`
	e.names[k] = k // want `map Everything.names is written without Everything.mu, which guards it`
	e.notes[k] = 1
}

// The form of gVisor's analyser.
type Annotated struct {
	mu sync.Mutex
	// +checklocks:mu
	rows map[string]int
}

func (a *Annotated) PutBad(k string) {
	a.rows[k] = 1 // want `map Annotated.rows is written without Annotated.mu, which guards it`
}

// +checklocks:a.mu
func (a *Annotated) PutLockedOk(k string) { a.rows[k] = 1 }

// An inner map is guarded by what guards the outer one.
type Inner struct {
	mu   sync.Mutex
	rows map[string]map[string]int // guarded by mu
}

func (i *Inner) PutBad(k string) {
	i.mu.Lock()
	row := i.rows[k]
	i.mu.Unlock()
	row["a"] = 1 // want `map Inner.rows\[\] is written after Inner.mu, under which it was taken, is released`
}

// An embedded lock has the name of its type.
type Embedding struct {
	sync.Mutex // protects rows
	rows       map[string]int
}

func (e *Embedding) PutBad(k string) {
	e.rows[k] = 1 // want `map Embedding.rows is written without Embedding.Mutex, which guards it`
}

func (e *Embedding) DropOk(k string) {
	e.Lock()
	defer e.Unlock()
	delete(e.rows, k)
}

var (
	tableMu sync.Mutex
	table   = map[string]int{} // guarded by tableMu
)

func TableBad(k string) {
	table[k] = 1 // want `map table is written without tableMu, which guards it`
}

func TableOk(k string) {
	tableMu.Lock()
	defer tableMu.Unlock()
	table[k] = 1
}

var (
	indexMu sync.Mutex // protects index
	index   = map[string]int{}
)

func IndexBad(k string) {
	index[k] = 1 // want `map index is written without indexMu, which guards it`
}

// The comment and the code name two locks: the code keeps its promise to itself.
type Drifted struct {
	mu, rowsMu sync.Mutex
	rows       map[string]int // guarded by mu
}

func (d *Drifted) PutOk(k string) {
	d.rowsMu.Lock()
	defer d.rowsMu.Unlock()
	d.rows[k] = 1
}

func (d *Drifted) GetOk(k string) int {
	d.rowsMu.Lock()
	defer d.rowsMu.Unlock()
	return d.rows[k]
}

// Words that only look like a comment on a lock.
type Loose struct {
	mu    sync.Mutex     // serialises Close
	rows  map[string]int // not guarded by mu
	early map[string]int // guarded by mu until Start
	once  map[string]int // guarded by once
	host  map[string]int // protected by a firewall
	agent map[string]int // protected by the agent's mutex
}

func (l *Loose) PutOk(k string) {
	l.rows[k] = 1
	l.early[k] = 1
	l.once[k] = 1
	l.host[k] = 1
	l.agent[k] = 1
}
