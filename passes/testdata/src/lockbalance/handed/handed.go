// Package handed takes a lock in one place and releases it in another.
package handed

import (
	"errors"
	"sync"
)

type Store struct {
	mu   sync.Mutex
	rows map[string]int
	n    int
}

var errClosed = errors.New("closed")

// Returns holding the lock.
func (s *Store) beginOk() error {
	s.mu.Lock()
	if s.n < 0 {
		s.mu.Unlock()
		return errClosed
	}
	return nil
}

func (s *Store) PutOk(k string) error {
	if err := s.beginOk(); err != nil {
		return err
	}
	defer s.mu.Unlock()
	s.rows[k] = 1
	return nil
}

func (s *Store) tryOk() bool {
	s.mu.Lock()
	if s.n > 0 {
		return true
	}
	s.mu.Unlock()
	return false
}

func (s *Store) DropOk(k string) {
	if !s.tryOk() {
		return
	}
	delete(s.rows, k)
	s.mu.Unlock()
}

func (s *Store) find(k string) *Store {
	s.mu.Lock()
	if s.rows[k] == 0 {
		s.mu.Unlock()
		return nil
	}
	return s
}

func (s *Store) FindOk(k string) int {
	o := s.find(k)
	if o == nil {
		return 0
	}
	n := s.n
	s.mu.Unlock()
	return n
}

type Book struct {
	mu sync.Mutex
	n  int
}

// Returns what releases it.
func (b *Book) openOk() func() {
	b.mu.Lock()
	return b.mu.Unlock
}

func (b *Book) open2Ok() func() {
	b.mu.Lock()
	return func() {
		b.n++
		b.mu.Unlock()
	}
}

func (b *Book) openOk3() (func(), error) {
	b.mu.Lock()
	if b.n < 0 {
		b.mu.Unlock()
		return nil, errClosed
	}
	return func() { b.mu.Unlock() }, nil
}

func (b *Book) UseOk() {
	defer b.openOk()()
	b.n++
}

func (b *Book) TwiceOk() {
	for range 3 {
		done := b.openOk()
		b.n++
		done()
	}
	done := b.open2Ok()
	done()
	done = b.open2Ok()
	done()
}

func (b *Book) Use2Ok() {
	done := b.open2Ok()
	defer done()
	b.n++
}

type session struct {
	book *Ledger
}

type Ledger struct {
	mu sync.Mutex
	n  int
}

// Returns an object that releases it.
func (l *Ledger) beginOk() *session {
	l.mu.Lock()
	return &session{book: l}
}

func (s *session) endOk() { s.book.mu.Unlock() }

func (l *Ledger) UseOk() {
	s := l.beginOk()
	l.n++
	s.endOk()
	s = l.beginOk()
	s.endOk()
}

type Job struct {
	mu sync.Mutex
	n  int
}

// Another goroutine releases it.
func (j *Job) StartOk() bool {
	j.mu.Lock()
	if j.n > 0 {
		j.mu.Unlock()
		return false
	}
	go func() {
		defer j.mu.Unlock()
		j.n++
	}()
	return true
}

type Task struct {
	mu sync.Mutex
	n  int
}

func (t *Task) StartOk() bool {
	t.mu.Lock()
	if t.n > 0 {
		t.mu.Unlock()
		return false
	}
	go t.runAndUnlock()
	return true
}

func (t *Task) NowOk() {
	t.mu.Lock()
	t.runAndUnlock()
}

// It gives up the lock of its caller.
func (t *Task) runAndUnlock() {
	t.n++
	t.mu.Unlock()
}

type node struct {
	mu   sync.Mutex
	next *node
	key  int
}

// Hand over hand.
func walkOk(head *node, key int) *node {
	cur := head
	cur.mu.Lock()
	for cur.next != nil && cur.key < key {
		next := cur.next
		next.mu.Lock()
		cur.mu.Unlock()
		cur = next
	}
	cur.mu.Unlock()
	return cur
}

func walk2Ok(prev *node, key int) bool {
	prev.mu.Lock()
	curr := prev.next
	for curr != nil {
		curr.mu.Lock()
		if curr.key == key {
			prev.next = curr.next
			curr.mu.Unlock()
			prev.mu.Unlock()
			return true
		}
		prev.mu.Unlock()
		prev = curr
		curr = curr.next
	}
	prev.mu.Unlock()
	return false
}

type Queue struct {
	mu   sync.Mutex
	cond *sync.Cond
	in   []int
}

// Wait releases the lock and takes it again.
func (q *Queue) PopOk() int {
	q.mu.Lock()
	defer q.mu.Unlock()
	for len(q.in) == 0 {
		q.cond.Wait()
	}
	x := q.in[0]
	q.in = q.in[1:]
	return x
}

// The lock of the condition is the queue's.
func (q *Queue) PushOk(x int) {
	q.cond.L.Lock()
	q.in = append(q.in, x)
	q.cond.Signal()
	q.mu.Unlock()
}

// A constructor returns an object that holds a lock of its own.
type opened struct {
	mu   sync.Mutex
	rows map[string]int
}

func openOk() *opened {
	s := &opened{rows: map[string]int{}}
	s.mu.Lock()
	return s
}

func (s *opened) CloseOk() { s.mu.Unlock() }

// A lock behind an interface: who made the object took it under another name.
type batch interface {
	begin()
	Unlock()
}

type txn struct {
	tx   batch
	rows map[string]int
}

func (s *Store) writeOk(b batch) *txn {
	b.begin()
	return &txn{tx: b, rows: s.rows}
}

func (t *txn) EndOk() { t.tx.Unlock() }

// The same behind a pointer.
type lease struct {
	mu   *sync.Mutex
	rows map[string]int
}

func (l *lease) EndOk() { l.mu.Unlock() }

// A lock of its own that nothing ever takes.
type broken struct {
	mu   sync.Mutex
	rows map[string]int
}

func (b *broken) EndBad() { b.mu.Unlock() } // want `broken.mu is released here, but nothing has taken it`

// The caller's lock, given up for a while, where no caller is in sight.
func (b *broken) WaitOk(f func()) {
	b.mu.Unlock()
	defer b.mu.Lock()
	f()
}
