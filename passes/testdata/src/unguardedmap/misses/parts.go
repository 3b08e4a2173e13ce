package misses

import (
	"fmt"
	"sync"
)

// Versions is what other packages see of a part.
type Versions interface{ VersionBad(name string) int }

type versions struct{ of map[string]int }

// VersionBad is called by other packages alone, which can't hold the owner's lock.
func (v *versions) VersionBad(name string) int { return v.of[name] } // want `map versions.of is read without Fleet.mu`

// Fleet guards the part where it writes it, and hands it out.
type Fleet struct {
	mu   sync.Mutex
	part *versions
}

// Part hands it out.
func (f *Fleet) Part() Versions { return f.part }

// Beat has the lock.
func (f *Fleet) Beat(name string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.part.of[name]++
}

// Worker is an element of what a getter returns.
type Worker struct{ conns map[int]bool }

func (w *Worker) ConnsBad() int { return len(w.conns) } // want `map Worker.conns is measured without crew.mu`

type crew struct {
	mu   sync.Mutex
	byID map[string]*Worker
}

func (c *crew) join(id string, conn int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.byID[id].conns[conn] = true
}

type Works struct{ crew *crew }

func (w *Works) Join(id string, conn int) { w.crew.join(id, conn) }

func (w *Works) Workers() (out []*Worker) {
	w.crew.mu.Lock()
	defer w.crew.mu.Unlock()
	for _, one := range w.crew.byID {
		out = append(out, one)
	}
	return out
}

func (w *Works) All() map[string]*Worker { return w.crew.byID }

// Lots goes to whoever watches, under the lock of the yard, which a helper does not take itself.
type Lots struct{ of map[string]int }

func (l *Lots) LotOk(name string) int { return l.of[name] }

type Yard struct {
	mu   sync.Mutex
	part *Lots
	eyes interface{ Changed(*Yard) }
}

func (y *Yard) Part() *Lots { return y.part }

func (y *Yard) Beat(name string) {
	y.mu.Lock()
	defer y.mu.Unlock()
	y.part.of[name]++
	y.tell()
}

func (y *Yard) tell() { y.eyes.Changed(y) }

// Rows are printed under the lock.
type Rows struct{ of map[string]int }

func (r *Rows) String() string { return fmt.Sprint(len(r.of)) }

type Field struct {
	mu   sync.Mutex
	part *Rows
}

func (f *Field) Part() *Rows { return f.part }

func (f *Field) Beat(name string) string {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.part.of[name]++
	return fmt.Sprint(f.part)
}

// Stalls are looked at between Begin and End.
type Stalls struct{ of map[string]int }

func (s *Stalls) StallOk(name string) int { return s.of[name] }

type Market struct {
	mu   sync.Mutex
	part *Stalls
}

func (m *Market) Part() *Stalls { return m.part }

func (m *Market) Begin() bool { return m.mu.TryLock() }

func (m *Market) End() { m.mu.Unlock() }

func (m *Market) Beat(name string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.part.of[name]++
}

// Fees are handed in by who looks at them: no getter lets them out.
type Fees struct{ of map[string]int }

func NewFees() *Fees { return &Fees{of: map[string]int{}} }

func (f *Fees) FN_Fee(name string) int { return f.of[name] }

type Office struct {
	mu   sync.Mutex
	part *Fees
}

func NewOffice(part *Fees) *Office { return &Office{part: part} }

func (o *Office) Beat(name string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.part.of[name]++
}

// Barns are looked at by what Do runs under the lock of the ranch.
type Barns struct{ of map[string]int }

func (b *Barns) BarnOk(name string) int { return b.of[name] }

type Ranch struct {
	mu   sync.Mutex
	part *Barns
}

func (r *Ranch) Part() *Barns { return r.part }

func (r *Ranch) Beat(name string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.part.of[name]++
}

func (r *Ranch) Do(run func()) {
	r.mu.Lock()
	defer r.mu.Unlock()
	run()
}

// Sheds are the farm's own: nobody else gets those of which it writes the map.
type Sheds struct{ of map[string]int }

func NewSheds() *Sheds { return &Sheds{of: map[string]int{}} }

func (s *Sheds) ShedOk(name string) int { return s.of[name] }

type Farm struct {
	mu   sync.Mutex
	part *Sheds
}

func (f *Farm) Beat(name string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.part.of[name]++
}
