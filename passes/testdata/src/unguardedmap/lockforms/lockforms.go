// Package lockforms goes through the ways to write a locked section.
package lockforms

import (
	"runtime"
	"slices"
	"sync"
)

type Inline struct {
	mu   sync.Mutex
	rows map[string]int
}

func (s *Inline) Put(k string) {
	s.mu.Lock()
	s.rows[k] = 1
	s.mu.Unlock()
}

func (s *Inline) Drop(k string) {
	s.mu.Lock()
	delete(s.rows, k)
	s.mu.Unlock()
}

// Past the end of the section.
func (s *Inline) AfterBad(k string) int {
	s.mu.Lock()
	n := s.rows[k]
	s.mu.Unlock()
	return n + len(s.rows) // want `map Inline.rows is measured without Inline.mu`
}

// Just before the section, to size the slice.
func (s *Inline) KeysBad() []string {
	out := make([]string, 0, len(s.rows)) // want `map Inline.rows is measured without Inline.mu`
	s.mu.Lock()
	defer s.mu.Unlock()
	for k := range s.rows {
		out = append(out, k)
	}
	return out
}

// Unlocked on each way out.
func (s *Inline) EarlyOk(k string) int {
	s.mu.Lock()
	n, ok := s.rows[k]
	if !ok {
		s.mu.Unlock()
		return -1
	}
	n += len(s.rows)
	s.mu.Unlock()
	return n
}

// Unlocked and locked again in a loop.
func (s *Inline) PollOk(k string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for s.rows[k] == 0 {
		s.mu.Unlock()
		runtime.Gosched()
		s.mu.Lock()
	}
	s.rows[k]--
}

// The map is touched while the lock is given up.
func (s *Inline) PollBad(k string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for s.rows[k] == 0 {
		s.mu.Unlock()
		_ = s.rows["other"] // want `map Inline.rows is read without Inline.mu`
		s.mu.Lock()
	}
}

type Deferred struct {
	mu   sync.Mutex
	rows map[string]int
}

// The unlock is deferred before the lock is taken.
func (s *Deferred) PutOk(k string) {
	defer s.mu.Unlock()
	s.mu.Lock()
	s.rows[k] = 1
}

// A deferred closure unlocks.
func (s *Deferred) DropOk(k string) {
	s.mu.Lock()
	defer func() {
		delete(s.rows, k)
		s.mu.Unlock()
	}()
	s.rows[k] = 0
}

// The deferred closure reads after it has unlocked: should be reported, but a lock that a callee gives up is only not surely held any more.
func (s *Deferred) FN_Drop(k string) (n int) {
	s.mu.Lock()
	defer func() {
		s.mu.Unlock()
		n = s.rows[k]
	}()
	s.rows[k] = 0
	return n
}

type Helpers struct {
	mu   sync.RWMutex
	rows map[string]int
}

func (s *Helpers) lock()    { s.mu.Lock() }
func (s *Helpers) unlock()  { s.mu.Unlock() }
func (s *Helpers) rlock()   { s.mu.RLock() }
func (s *Helpers) runlock() { s.mu.RUnlock() }

func (s *Helpers) PutOk(k string) {
	s.lock()
	defer s.unlock()
	s.rows[k] = 1
}

func (s *Helpers) DropOk(k string) {
	s.lock()
	delete(s.rows, k)
	s.unlock()
}

func (s *Helpers) GetOk(k string) int {
	s.rlock()
	defer s.runlock()
	return s.rows[k]
}

// unlock ends the section like Unlock.
func (s *Helpers) GetBad(k string) int {
	s.rlock()
	s.runlock()
	return s.rows[k] // want `map Helpers.rows is read without Helpers.mu`
}

type Holding struct {
	mu   sync.Mutex
	rows map[string]int
}

func (s *Holding) begin() *Holding {
	s.mu.Lock()
	return s
}

func (s *Holding) end() { s.mu.Unlock() }

// begin returns with the lock held.
func (s *Holding) PutOk(k string) {
	t := s.begin()
	t.rows[k] = 1
	t.end()
}

func (s *Holding) DropOk(k string) {
	defer s.begin().end()
	delete(s.rows, k)
}

// The section is closed before the read.
func (s *Holding) GetBad(k string) int {
	t := s.begin()
	t.end()
	return t.rows[k] // want `map Holding.rows is read without Holding.mu`
}

type Returned struct {
	mu   sync.Mutex
	rows map[string]int
}

func (s *Returned) lock() func() {
	s.mu.Lock()
	return s.mu.Unlock
}

func (s *Returned) guard() func() {
	s.mu.Lock()
	return func() { s.mu.Unlock() }
}

// lock returns what unlocks.
func (s *Returned) PutOk(k string) {
	defer s.lock()()
	s.rows[k] = 1
}

func (s *Returned) DropOk(k string) {
	done := s.guard()
	defer done()
	delete(s.rows, k)
}

func (s *Returned) GetOk(k string) int {
	done := s.lock()
	n := s.rows[k]
	done()
	return n
}

// What lock returned has run already.
func (s *Returned) GetBad(k string) int {
	done := s.lock()
	done()
	return s.rows[k] // want `map Returned.rows is read without Returned.mu`
}

// Locker is a lock whose Lock returns what gives it up, or says why there is none: a lock file, say.
type Locker interface {
	Lock() (unlock func(), err error)
}

// fakeLocker is one of them.
type fakeLocker struct{ mu sync.Mutex }

func (l *fakeLocker) Lock() (func(), error) {
	l.mu.Lock()
	return l.mu.Unlock, nil
}

func NewFake() Locker { return &fakeLocker{} }

type Filed struct {
	file Locker
	rows map[string]int
}

func NewFiled(l Locker) *Filed {
	s := &Filed{file: l, rows: map[string]int{}}
	go func() {
		if err := s.PutOk("a"); err != nil {
			return
		}
	}()
	return s
}

func (s *Filed) PutOk(k string) error {
	unlock, err := s.file.Lock()
	if err != nil {
		return err
	}
	defer unlock()
	s.rows[k]++
	return nil
}

func (s *Filed) hold() (unlock func(), err error) { return s.file.Lock() }

// A result that is set to what it holds.
func (s *Filed) again() (unlock func(), err error) {
	defer func() {
		if recover() != nil {
			err = nil
		}
	}()
	unlock, err = s.hold()
	if err != nil {
		return unlock, err
	}
	return
}

func (s *Filed) ClearOk() error {
	unlock, err := s.again()
	if err != nil {
		return err
	}
	defer unlock()
	clear(s.rows)
	return nil
}

// The lock is taken by a function that passes the unlock on.
func (s *Filed) DropOk(k string) error {
	unlock, err := s.hold()
	if err != nil {
		return err
	}
	defer unlock()
	delete(s.rows, k)
	return nil
}

// What Lock returned has run already.
func (s *Filed) GetBad(k string) (int, error) {
	unlock, err := s.hold()
	if err != nil {
		return 0, err
	}
	unlock()
	return s.rows[k], nil // want `map Filed.rows is read without Filed.file`
}

type Built struct {
	file Locker
	rows map[string]int
}

func NewBuilt(l Locker) *Built {
	s := &Built{file: l, rows: map[string]int{}}
	go s.BuildOk("a", false)
	return s
}

func (s *Built) hold() (unlock func(), err error) { return s.file.Lock() }

// Whoever says that he is alone takes no lock.
func (s *Built) BuildOk(k string, alone bool) error {
	if !alone {
		unlock, err := s.hold()
		if err != nil {
			return err
		}
		defer unlock()
	}
	s.rows[k]++
	for range s.rows {
	}
	return nil
}

type Around struct {
	mu   sync.Mutex
	rows map[string]int
}

func (s *Around) withLock(f func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	f()
}

func (s *Around) do(f func(*Around)) {
	s.mu.Lock()
	f(s)
	s.mu.Unlock()
}

func (s *Around) PutOk(k string) {
	s.withLock(func() {
		s.rows[k] = 1
	})
}

func (s *Around) DropOk(k string) {
	s.do(func(a *Around) { delete(a.rows, k) })
}

func (s *Around) wipe() { clear(s.rows) }

// A method value instead of a closure.
func (s *Around) WipeOk() { s.withLock(s.wipe) }

// After the callback is not in it.
func (s *Around) GetBad(k string) (n int) {
	s.withLock(func() {
		n = s.rows[k]
	})
	return n + s.rows["total"] // want `map Around.rows is read without Around.mu`
}

type Later struct {
	mu   sync.Mutex
	rows map[string]int
	todo []func()
}

func (s *Later) withLock(f func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	f()
}

func (s *Later) Put(k string) { s.withLock(func() { s.rows[k] = 1 }) }

func (s *Later) Drop(k string) { s.withLock(func() { delete(s.rows, k) }) }

// The goroutine of the callback does not hold the lock of the callback.
func (s *Later) CountBad(k string) {
	s.withLock(func() {
		go func() {
			_ = s.rows[k] // want `map Later.rows is read without Later.mu`
		}()
	})
}

// A closure that is called on the spot runs in the section.
func (s *Later) SpotOk(keys []string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	up := func(k string) { s.rows[k]++ }
	for _, k := range keys {
		up(k)
	}
}

type Try struct {
	mu   sync.Mutex
	rows map[string]int
}

func (s *Try) PutOk(k string) {
	if s.mu.TryLock() {
		s.rows[k] = 1
		s.mu.Unlock()
	}
}

func (s *Try) DropOk(k string) {
	if !s.mu.TryLock() {
		return
	}
	defer s.mu.Unlock()
	delete(s.rows, k)
}

func (s *Try) SpinOk(k string) {
	for !s.mu.TryLock() {
		runtime.Gosched()
	}
	s.rows[k] = 2
	s.mu.Unlock()
}

func (s *Try) ResultOk(k string) int {
	ok := s.mu.TryLock()
	if !ok {
		return 0
	}
	n := s.rows[k]
	s.mu.Unlock()
	return n
}

// On this edge somebody else has the lock.
func (s *Try) GetBad(k string) int {
	if !s.mu.TryLock() {
		return s.rows[k] // want `map Try.rows is read without Try.mu`
	}
	defer s.mu.Unlock()
	return s.rows[k]
}

type Conditional struct {
	mu     sync.Mutex
	shared bool
	rows   map[string]int
}

func (s *Conditional) Put(k string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.rows[k] = 1
}

func (s *Conditional) Drop(k string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.rows, k)
}

// Whoever passes false has a reason.
func (s *Conditional) SetOk(k string, safe bool) {
	if safe {
		s.mu.Lock()
		defer s.mu.Unlock()
	}
	s.rows[k] = 2
}

// Not shared, not locked.
func (s *Conditional) GetOk(k string) int {
	if s.shared {
		s.mu.Lock()
		defer s.mu.Unlock()
	}
	return s.rows[k]
}

// Two conditions that are the same.
func (s *Conditional) TwiceOk(k string, safe bool) {
	if safe {
		s.mu.Lock()
	}
	s.rows[k] = 3
	if safe {
		s.mu.Unlock()
	}
}

type Branch struct {
	mu     sync.Mutex
	shared bool
	rows   map[string]int
}

func (s *Branch) Put(k string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.rows[k] = 1
}

func (s *Branch) Drop(k string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.rows, k)
}

// The section ends inside the branch.
func (s *Branch) GetBad(k string) int {
	if s.shared {
		s.mu.Lock()
		s.rows[k]++
		s.mu.Unlock()
	}
	return s.rows[k] // want `map Branch.rows is read without Branch.mu`
}

type Flagged struct {
	mu   sync.Mutex
	rows map[string]int
}

func (s *Flagged) put(k string, lock bool) {
	if lock {
		s.mu.Lock()
		defer s.mu.Unlock()
	}
	s.rows[k] = 1
}

func (s *Flagged) PutOk(k string) { s.put(k, true) }

func (s *Flagged) BatchOk(keys []string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, k := range keys {
		s.put(k, false)
	}
}

func (s *Flagged) DropOk(k string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.rows, k)
}

// False means that it is held already, and it is not.
func (s *Flagged) PutBad(k string) {
	s.put(k, false) // want `map Flagged.rows is written without Flagged.mu`
}

type Handed struct {
	mu   sync.Mutex
	rows map[string]int
}

// The goroutine unlocks: it works under the lock that its starter took.
func (s *Handed) PutOk(k string) {
	s.mu.Lock()
	go func() {
		defer s.mu.Unlock()
		s.rows[k] = 1
	}()
}

func (s *Handed) DropOk(k string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.rows, k)
}

type Parted struct {
	mu   sync.Mutex
	rows map[string]int
}

func (s *Parted) Drop(k string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.rows, k)
}

func (s *Parted) Wipe() {
	s.mu.Lock()
	defer s.mu.Unlock()
	clear(s.rows)
}

// The starter goes on after it has handed the lock over.
func (s *Parted) PutBad(k string) int {
	s.mu.Lock()
	go func() {
		defer s.mu.Unlock()
		s.rows[k] = 1
	}()
	return s.rows["b"] // want `map Parted.rows is read`
}

type Kept struct {
	mu   sync.Mutex
	rows map[string]int
}

func (s *Kept) Drop(k string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.rows, k)
}

func (s *Kept) Wipe() {
	s.mu.Lock()
	defer s.mu.Unlock()
	clear(s.rows)
}

// The starter unlocks for itself: the goroutine holds nothing.
func (s *Kept) PutBad(k string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	go func() {
		_ = s.rows[k] // want `map Kept.rows is read without Kept.mu`
	}()
}

type Double struct {
	carsMu, roadsMu sync.Mutex
	where           map[string]int
}

// Writers hold both locks.
func (d *Double) PutOk(k string) {
	d.carsMu.Lock()
	defer d.carsMu.Unlock()
	d.roadsMu.Lock()
	defer d.roadsMu.Unlock()
	d.where[k] = 1
}

func (d *Double) DropOk(k string) {
	d.carsMu.Lock()
	defer d.carsMu.Unlock()
	d.roadsMu.Lock()
	defer d.roadsMu.Unlock()
	delete(d.where, k)
}

// Readers hold either.
func (d *Double) CarOk(k string) int {
	d.carsMu.Lock()
	defer d.carsMu.Unlock()
	return d.where[k]
}

func (d *Double) RoadOk(k string) int {
	d.roadsMu.Lock()
	defer d.roadsMu.Unlock()
	return d.where[k]
}

func (d *Double) NoneBad(k string) int {
	return d.where[k] // want `map Double.where is read without Double.(cars|roads)Mu`
}

type Sibling struct {
	carsMu, roadsMu sync.Mutex
	where           map[string]int
}

func (d *Sibling) Put(k string) {
	d.carsMu.Lock()
	defer d.carsMu.Unlock()
	d.where[k] = 1
}

func (d *Sibling) Drop(k string) {
	d.carsMu.Lock()
	defer d.carsMu.Unlock()
	delete(d.where, k)
}

// Writers hold only the other lock.
func (d *Sibling) RoadBad() int {
	d.roadsMu.Lock()
	defer d.roadsMu.Unlock()
	return len(d.where) // want `map Sibling.where is measured without Sibling.carsMu`
}

func (d *Sibling) CarOk() int {
	d.carsMu.Lock()
	defer d.carsMu.Unlock()
	return len(d.where)
}

type Yielding struct {
	mu   sync.Mutex
	rows map[string]int
}

// yield gives the lock up and takes it again.
func (s *Yielding) yield() {
	s.mu.Unlock()
	runtime.Gosched()
	s.mu.Lock()
}

func (s *Yielding) PutOk(k string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.yield()
	s.rows[k] = 1
}

func (s *Yielding) DropOk(k string) {
	s.mu.Lock()
	delete(s.rows, k)
	s.yield()
	delete(s.rows, k+"'")
	s.mu.Unlock()
}

// peek looks at the map while the lock is given up: should be reported.
func (s *Yielding) peek(k string) int {
	s.mu.Unlock()
	n := s.rows[k]
	s.mu.Lock()
	return n
}

func (s *Yielding) FN_Peek(k string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.peek(k)
}

type Ranked struct {
	mu   sync.Mutex
	rows map[string]int
}

func (s *Ranked) Put(k string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.rows[k] = 1
}

func (s *Ranked) Drop(k string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.rows, k)
}

// The callback runs in the section, called by code that we don't see.
func (s *Ranked) SortOk(keys []string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	slices.SortFunc(keys, func(a, b string) int { return s.rows[a] - s.rows[b] })
}

// The callback runs when the section is over.
func (s *Ranked) SortBad(keys []string) {
	s.mu.Lock()
	keys = append(keys, "total")
	s.mu.Unlock()
	slices.SortFunc(keys, func(a, b string) int {
		return len(b) - s.rows[a] // want `map Ranked.rows is read without Ranked.mu`
	})
}

// A closure that calls itself stays in the section.
func (s *Ranked) VisitOk(k string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var visit func(k string)
	visit = func(k string) {
		s.rows[k] = len(k)
		if k != "" {
			visit(k[1:])
		}
	}
	visit(k)
}

func (s *Ranked) each(yield func(string) bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for k := range s.rows {
		if !yield(k) {
			return
		}
	}
}

// The body of the loop runs under the lock of the iterator.
func (s *Ranked) RangeOk() {
	for k := range s.each {
		delete(s.rows, k)
	}
}

type Bucket struct {
	mu   sync.Mutex
	rows map[string]int
}

type Table struct {
	buckets []*Bucket
}

// One lock at a time, always that of the bucket.
func (t *Table) PutOk(k string) {
	for _, b := range t.buckets {
		b.mu.Lock()
		b.rows[k] = 1
		b.mu.Unlock()
	}
}

func (t *Table) DropOk(k string) {
	for _, b := range t.buckets {
		b.mu.Lock()
		delete(b.rows, k)
		b.mu.Unlock()
	}
}

// All locks are taken, then all maps are touched, then all locks are released.
func (t *Table) WipeOk() {
	for _, b := range t.buckets {
		b.mu.Lock()
		defer b.mu.Unlock()
	}
	for _, b := range t.buckets {
		clear(b.rows)
	}
}

func (t *Table) LenOk() (n int) {
	for _, b := range t.buckets {
		b.mu.Lock()
		n += len(b.rows)
		b.mu.Unlock()
	}
	return n
}

// The bucket is left before its map is measured.
func (t *Table) LenBad() (n int) {
	for _, b := range t.buckets {
		b.mu.Lock()
		b.mu.Unlock()
		n += len(b.rows) // want `map Bucket.rows is measured without Bucket.mu`
	}
	return n
}

type Waiting struct {
	mu    sync.Mutex
	ready *sync.Cond
	rows  map[string]int
}

func NewWaiting() *Waiting {
	w := &Waiting{rows: map[string]int{}}
	w.ready = sync.NewCond(&w.mu)
	return w
}

func (w *Waiting) PutOk(k string) {
	w.mu.Lock()
	w.rows[k] = 1
	w.mu.Unlock()
	w.ready.Signal()
}

func (w *Waiting) DropOk(k string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	delete(w.rows, k)
}

// The condition's lock is the same one.
func (w *Waiting) TakeOk(k string) int {
	w.ready.L.Lock()
	defer w.ready.L.Unlock()
	for w.rows[k] == 0 {
		w.ready.Wait()
	}
	return w.rows[k]
}

// Signal needs no lock, the map does.
func (w *Waiting) WakeBad() {
	if len(w.rows) > 0 { // want `map Waiting.rows is measured without Waiting.(mu|ready)`
		w.ready.Signal()
	}
}

type Reader struct {
	mu   sync.RWMutex
	rows map[string]int
}

func (r *Reader) Put(k string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.rows[k] = 1
}

func (r *Reader) Drop(k string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.rows, k)
}

// The Locker that RLocker returns is the read side of the lock.
func (r *Reader) GetOk(k string) int {
	l := r.mu.RLocker()
	l.Lock()
	defer l.Unlock()
	return r.rows[k]
}

type Optional struct {
	mu   sync.Mutex
	rows map[string]int
}

// drop locks in closures that look at a captured flag.
func (o *Optional) drop(k string, needLock bool) {
	lock := func() {
		if needLock {
			o.mu.Lock()
		}
	}
	unlock := func() {
		if needLock {
			o.mu.Unlock()
		}
	}
	lock()
	if k == "" {
		unlock()
		return
	}
	delete(o.rows, k)
	unlock()
}

func (o *Optional) DropOk(k string) { o.drop(k, true) }

func (o *Optional) PutOk(k string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.rows[k] = 1
	o.drop(k+"'", false)
}

// The flag says that the lock is held, and it is not.
func (o *Optional) ForgetBad(k string) {
	o.drop(k, false) // want `map Optional.rows is deleted from without Optional.mu`
}

// Lent has its lock from whoever made it.
type Lent struct {
	mu   *sync.Mutex
	rows map[string]int
}

func NewLent(mu *sync.Mutex) *Lent {
	s := &Lent{mu: mu, rows: map[string]int{}}
	go s.AddOk("a", false)
	return s
}

func (s *Lent) AddOk(k string, held bool) {
	if !held {
		s.mu.Lock()
		defer s.mu.Unlock()
	}
	s.rows[k]++
}

func NewLentBad(mu, other *sync.Mutex) *Lent {
	s := &Lent{mu: mu, rows: map[string]int{}}
	go func() {
		other.Lock()
		defer other.Unlock()
		s.rows["b"]++ // want `map Lent.rows is written here and read at`
	}()
	return s
}
