// Package most has maps on whose lock the writers don't agree, but most places do.
package most

import "sync"

type desk struct {
	mu    sync.Mutex
	files map[string]string
}

func New() *desk { return &desk{files: map[string]string{}} }

func (d *desk) Has(k string) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	_, ok := d.files[k]
	return ok
}

func (d *desk) Get(k string) string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.files[k]
}

func (d *desk) Count() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return len(d.files)
}

func (d *desk) Add(k, v string) bool {
	d.mu.Lock()
	_, ok := d.files[k]
	d.mu.Unlock()
	if ok {
		return false
	}
	d.mu.Lock()
	d.files[k] = v
	d.mu.Unlock()
	return true
}

// Looked up under the lock, changed without it: two of three writers do it wrong.
func (d *desk) DropBad(k string) bool {
	d.mu.Lock()
	_, ok := d.files[k]
	d.mu.Unlock()
	if ok {
		delete(d.files, k) // want `map desk.files is deleted from without desk.mu, held at 7 of its 8 other accesses`
	}
	return ok
}

func (d *desk) TakeBad(k string) string {
	d.mu.Lock()
	v := d.files[k]
	d.mu.Unlock()
	delete(d.files, k) // want `map desk.files is deleted from without desk.mu`
	return v
}

type shelf struct {
	mu    sync.RWMutex
	books map[string]int
}

func (s *shelf) Get(k string) int {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.books[k]
}

func (s *shelf) Has(k string) bool {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.books[k] > 0
}

func (s *shelf) Count() int {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return len(s.books)
}

func (s *shelf) List() (out []string) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	for b := range s.books {
		out = append(out, b)
	}
	return out
}

func (s *shelf) Put(k string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.books[k]++
}

// It never takes the lock: called before anybody else has the shelf, for all we know.
func (s *shelf) RestoreOk(books []string) {
	for _, b := range books {
		s.books[b]++
	}
}

func (s *shelf) AuditBad() (n int) {
	for _, c := range s.books { // want `map shelf.books is iterated without shelf.mu, held at 5 of its 6 other accesses`
		n += c
	}
	return n
}

// The lock is there for something else: half of the places know nothing of it.
type loop struct {
	mu    sync.Mutex
	state int
	seen  map[string]int
}

func (l *loop) SetOk(k string) {
	l.mu.Lock()
	l.state++
	l.seen[k] = l.state
	l.mu.Unlock()
}

func (l *loop) GetOk(k string) int { return l.seen[k] }

func (l *loop) DropOk(k string) { delete(l.seen, k) }

func (l *loop) CountOk() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.state++
	return len(l.seen)
}
