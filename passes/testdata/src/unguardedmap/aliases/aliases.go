// Package aliases reaches the map by a second name: a pointer, a local variable, a result, a copy of its struct.
package aliases

import (
	"maps"
	"sync"
)

type Ledger struct {
	mu       sync.Mutex
	accounts map[string]int
}

func (l *Ledger) Open(id string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.accounts[id] = 0
}

func (l *Ledger) Close(id string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.accounts, id)
}

// A pointer to the field.
func (l *Ledger) PointerBad(id string) int {
	in := &l.accounts
	return (*in)[id] // want `map Ledger.accounts is read without Ledger.mu`
}

func (l *Ledger) PointerOk(id string) int {
	in := &l.accounts
	l.mu.Lock()
	defer l.mu.Unlock()
	return (*in)[id]
}

// A local variable for the same map, used after the unlock.
func (l *Ledger) VariableBad() int {
	l.mu.Lock()
	m := l.accounts
	l.mu.Unlock()
	return len(m) // want `map Ledger.accounts is measured after Ledger.mu, under which it was taken, is released`
}

func (l *Ledger) VariableOk() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	m := l.accounts
	return len(m)
}

// On one of two ways the local variable is the shared map.
func (l *Ledger) EitherBad(id string) int {
	m := map[string]int{}
	if id != "" {
		m = l.accounts
	}
	return m[id] // want `map Ledger.accounts is read without Ledger.mu`
}

// The lock and its owner have second names, too.
func (l *Ledger) LockAliasOk(id string) int {
	mu, self := &l.mu, l
	mu.Lock()
	defer mu.Unlock()
	return self.accounts[id]
}

// A clone made under the lock belongs to the caller.
func (l *Ledger) CloneOk() int {
	l.mu.Lock()
	m := maps.Clone(l.accounts)
	l.mu.Unlock()
	return len(m)
}

type Roster struct {
	mu    sync.Mutex
	teams map[string]int
}

func (r *Roster) Sign(name string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.teams[name] = 1
}

func (r *Roster) Cut(name string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.teams, name)
}

func (r *Roster) all() map[string]int { return r.teams }

func (r *Roster) current() map[string]int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.teams
}

func (r *Roster) snapshot() map[string]int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return maps.Clone(r.teams)
}

// A getter's result is the map.
func (r *Roster) HasBad(name string) bool {
	_, ok := r.all()[name] // want `map Roster.teams is read without Roster.mu`
	return ok
}

// The getter's lock is gone when its result is iterated.
func (r *Roster) CountBad() (n int) {
	for range r.current() { // want `map Roster.teams is iterated after Roster.mu, under which it was taken, is released`
		n++
	}
	return n
}

func (r *Roster) HasOk(name string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	_, ok := r.all()[name]
	return ok
}

// This getter returns a copy.
func (r *Roster) CountOk() (n int) {
	for range r.snapshot() {
		n++
	}
	return n
}

type Queue struct {
	mu      sync.Mutex
	pending map[string]int
}

func (q *Queue) Add(id string) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.pending[id]++
}

func (q *Queue) Drop(id string) {
	q.mu.Lock()
	defer q.mu.Unlock()
	delete(q.pending, id)
}

// The map that was swapped out is in nobody else's hands.
func (q *Queue) FlushOk() (n int) {
	q.mu.Lock()
	batch := q.pending
	q.pending = map[string]int{}
	q.mu.Unlock()
	for id, k := range batch {
		n += k
		delete(batch, id)
	}
	return n
}

func (q *Queue) take() map[string]int {
	q.mu.Lock()
	defer q.mu.Unlock()
	batch := q.pending
	q.pending = map[string]int{}
	return batch
}

// The same in a helper that hands the old map over.
func (q *Queue) DrainOk() (n int) {
	for _, k := range q.take() {
		n += k
	}
	return n
}

// The new map is filled before the others can see it.
func (q *Queue) ResetOk(ids []string) {
	fresh := map[string]int{}
	for _, id := range ids {
		fresh[id] = 1
	}
	q.mu.Lock()
	q.pending = fresh
	q.mu.Unlock()
}

// Read beside both the writers and the swap: one report.
func (q *Queue) HasBad(id string) bool {
	_, ok := q.pending[id] // want `Queue.pending is read without Queue.mu`
	return ok
}

type Inbox struct {
	mu   sync.Mutex
	mail map[string]int
}

func (b *Inbox) Add(id string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.mail[id] = 1
}

func (b *Inbox) Drop(id string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	delete(b.mail, id)
}

// Taken out of the locked section, but not swapped.
func (b *Inbox) FlushBad() (n int) {
	b.mu.Lock()
	batch := b.mail
	b.mu.Unlock()
	for _, k := range batch { // want `map Inbox.mail is iterated after Inbox.mu, under which it was taken, is released`
		n += k
	}
	return n
}

type Cart struct {
	mu    sync.Mutex
	lines map[string]int
}

func (c *Cart) Add(id string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.lines[id] = 1
}

func (c *Cart) Drop(id string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.lines, id)
}

// The new map is filled when the others can see it already.
func (c *Cart) ResetBad(id string) {
	fresh := map[string]int{}
	c.mu.Lock()
	c.lines = fresh
	c.mu.Unlock()
	fresh[id] = 1 // want `map Cart.lines is written without Cart.mu`
}

type plan struct {
	tasks map[string]int
}

type Project struct {
	mu   sync.Mutex
	plan plan
}

func (p *Project) Add(id string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.plan.tasks[id] = 1
}

func (p *Project) Drop(id string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.plan.tasks, id)
}

// The copy of the struct has the same map.
func (p *Project) CopyBad(id string) int {
	p.mu.Lock()
	c := p.plan
	p.mu.Unlock()
	return c.tasks[id] // want `map plan.tasks is read after Project.mu, under which it was taken, is released`
}

// The copy gets a map of its own while the lock is held.
func (p *Project) CopyOk(id string) int {
	p.mu.Lock()
	c := p.plan
	c.tasks = maps.Clone(c.tasks)
	p.mu.Unlock()
	c.tasks["extra"] = 1
	return c.tasks[id]
}

// The copy is used under the lock only.
func (p *Project) CopyLockedOk(id string) int {
	p.mu.Lock()
	defer p.mu.Unlock()
	c := p.plan
	return c.tasks[id]
}

type view struct {
	rows map[string]int
}

type Screen struct {
	mu   sync.Mutex
	rows map[string]int
}

func (s *Screen) Add(id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.rows[id] = 1
}

func (s *Screen) Drop(id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.rows, id)
}

// The map goes into a fresh struct and is read there.
func (s *Screen) ViewBad() int {
	s.mu.Lock()
	v := &view{rows: s.rows}
	s.mu.Unlock()
	return len(v.rows) // want `map Screen.rows is measured after Screen.mu, under which it was taken, is released`
}

func (s *Screen) ViewOk() int {
	s.mu.Lock()
	v := &view{rows: maps.Clone(s.rows)}
	s.mu.Unlock()
	return len(v.rows)
}

// Two local names for one map.
func renameBad() {
	tally := map[string]int{}
	other := tally
	go func() {
		other["a"] = 1 // want `is written here and read at`
	}()
	_ = tally["b"]
}

// The clone is another map.
func renameOk() {
	tally := map[string]int{}
	other := maps.Clone(tally)
	go func() {
		other["a"] = 1
	}()
	_ = tally["b"]
}

type Atlas struct {
	mu     sync.Mutex
	byZone map[string]map[string]int
}

// The inner map is made on first use and stored, all under the lock.
func (a *Atlas) zone(z string) map[string]int {
	in, ok := a.byZone[z]
	if !ok {
		in = map[string]int{}
		a.byZone[z] = in
	}
	return in
}

func (a *Atlas) Mark(z, k string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.zone(z)[k] = 1
}

func (a *Atlas) Erase(z, k string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	delete(a.zone(z), k)
}

// The inner map leaves the section.
func (a *Atlas) ReadBad(z, k string) int {
	a.mu.Lock()
	in := a.byZone[z]
	a.mu.Unlock()
	return in[k] // want `map Atlas.byZone\[\] is read after Atlas.mu, under which it was taken, is released`
}

func (a *Atlas) ReadOk(z, k string) int {
	a.mu.Lock()
	defer a.mu.Unlock()
	in := a.byZone[z]
	return in[k]
}

type poolOk struct {
	mu    sync.Mutex
	conns map[string]int
}

func (p *poolOk) resetLocked() { p.conns = make(map[string]int) }

func (p *poolOk) Add(k string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.conns[k] = 1
}

// The old map is taken, and a helper puts a new one in its place: the old one is ours.
func (p *poolOk) Idle() (n int) {
	p.mu.Lock()
	conns := p.conns
	p.resetLocked()
	p.mu.Unlock()
	for _, c := range conns {
		n += c
	}
	return n
}

// PoolBad takes the map and leaves it there.
type PoolBad struct {
	mu    sync.Mutex
	conns map[string]int
}

func (p *PoolBad) Add(k string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.conns[k] = 1
}

func (p *PoolBad) Idle() (n int) {
	p.mu.Lock()
	conns := p.conns
	p.mu.Unlock()
	for _, c := range conns { // want `map PoolBad.conns is iterated after PoolBad.mu, under which it was taken, is released`
		n += c
	}
	return n
}
