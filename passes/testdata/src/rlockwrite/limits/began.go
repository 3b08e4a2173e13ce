package limits

import (
	"errors"
	"sync"
)

// A database has transactions, of which readers have one each and the writers one together.
type tx struct{ pages map[int]string }

type db struct {
	meta   sync.Mutex
	opened bool
	rw     *tx
}

func (d *db) begin(writable bool) (*tx, error) {
	if writable {
		return d.beginWrite()
	}
	return d.beginRead()
}

func (d *db) beginRead() (*tx, error) {
	if !d.opened {
		return nil, errors.New("closed")
	}
	return &tx{pages: map[int]string{}}, nil
}

func (d *db) beginWrite() (*tx, error) {
	d.meta.Lock()
	defer d.meta.Unlock()
	if !d.opened {
		return nil, errors.New("closed")
	}
	t := &tx{pages: map[int]string{}}
	d.rw = t
	return t, nil
}

type Ledger struct {
	mu sync.RWMutex
	db *db
}

func (s *Ledger) PutOk(n int, text string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	t, err := s.db.begin(true)
	if err != nil {
		return err
	}
	t.pages[n] = text
	return nil
}

// A transaction of its own, as the argument says.
func (s *Ledger) FP_Hash(n int) (int, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	t, err := s.db.begin(false)
	if err != nil {
		return 0, err
	}
	t.pages[n] = "seen" // want `map tx.pages is written here with Ledger.mu only read-locked`
	return len(t.pages), nil
}

// The writers' own.
func (s *Ledger) MarkBad(n int) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	s.db.rw.pages[n] = "mark" // want `map tx.pages is written here with Ledger.mu only read-locked`
}
