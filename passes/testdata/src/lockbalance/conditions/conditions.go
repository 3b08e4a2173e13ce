// Package conditions locks under a condition, and unlocks under the same one.
package conditions

import "sync"

type Store struct {
	mu     sync.Mutex
	shared bool
	mode   int
	rows   map[string]int
}

type Other struct {
	mu   sync.Mutex
	rows map[string]int
}

func (s *Store) ParamOk(k string, lock bool) {
	if lock {
		s.mu.Lock()
	}
	s.rows[k] = 1
	if lock {
		s.mu.Unlock()
	}
}

func (s *Store) DeferOk(k string, lock bool) {
	if lock {
		s.mu.Lock()
		defer s.mu.Unlock()
	}
	s.rows[k] = 1
}

func (s *Store) NegatedOk(k string, locked bool) {
	if !locked {
		s.mu.Lock()
	}
	s.rows[k] = 1
	if !locked {
		s.mu.Unlock()
	}
}

func (s *Store) FieldOk(k string) {
	if s.shared {
		s.mu.Lock()
	}
	s.rows[k] = 1
	if s.shared {
		s.mu.Unlock()
	}
}

func (s *Store) isShared() bool { return s.shared }

func (s *Store) CallOk(k string) {
	if s.isShared() {
		s.mu.Lock()
	}
	s.rows[k] = 1
	if s.isShared() {
		s.mu.Unlock()
	}
}

func (s *Store) BothOk(k string, a, b bool) {
	if a && b {
		s.mu.Lock()
	}
	s.rows[k] = 1
	if a && b {
		s.mu.Unlock()
	}
}

func (s *Store) VariableOk(k string, n int) {
	locked := false
	if n > 3 {
		s.mu.Lock()
		locked = true
	}
	s.rows[k] = 1
	if locked {
		s.mu.Unlock()
	}
}

func (s *Store) CapturedOk(k string, n int) int {
	locked := true
	s.mu.Lock()
	defer func() {
		if locked {
			s.mu.Unlock()
		}
	}()
	if n > 3 {
		s.mu.Unlock()
		locked = false
		return 0
	}
	return s.rows[k]
}

func (s *Store) NilOk(k string, with *sync.Mutex) {
	if with != nil {
		with.Lock()
	}
	s.rows[k] = 1
	if with != nil {
		with.Unlock()
	}
}

func (s *Store) SwitchOk(k string) {
	switch s.mode {
	case 1:
		s.mu.Lock()
	case 2:
		s.mode = 3
	}
	s.rows[k] = 1
	if s.mode == 1 {
		s.mu.Unlock()
	}
}

func (s *Store) ErrOk(k string, f func() error) error {
	s.mu.Lock()
	err := f()
	if err != nil {
		s.mu.Unlock()
	}
	if err != nil {
		return err
	}
	s.rows[k] = 1
	s.mu.Unlock()
	return nil
}

func (s *Store) TryOk(k string) bool {
	if !s.mu.TryLock() {
		return false
	}
	defer s.mu.Unlock()
	s.rows[k] = 1
	return true
}

func (s *Store) Try2Ok(k string) {
	if ok := s.mu.TryLock(); ok {
		s.rows[k] = 1
		s.mu.Unlock()
	}
}

func (s *Store) TryElseOk(k string) {
	if !s.mu.TryLock() {
		s.mu.Lock()
	}
	s.rows[k] = 1
	s.mu.Unlock()
}

func (s *Store) TryBad(k string) bool {
	if !s.mu.TryLock() { // want `Store.mu is locked here and still held at the return on line 172`
		return false
	}
	if s.rows[k] == 0 {
		return false
	}
	s.mu.Unlock()
	return true
}

// The other way round.
func (s *Other) OppositeBad(k string, lock bool) {
	if lock {
		s.mu.Lock() // want `Other.mu is locked here and still held`
	}
	s.rows[k] = 1
	if !lock {
		s.mu.Unlock()
		return
	}
	if k != "" {
		s.mu.Unlock()
	}
}

// A lock taken turn after turn and given up as often.
func countOk(mu *sync.RWMutex, n int) {
	for range n {
		mu.RLock()
	}
	for range n {
		mu.RUnlock()
	}
}

type Ledger struct {
	mu   sync.Mutex
	rows map[string]int
}

type Txn struct {
	s       *Ledger
	rev     sync.Mutex
	changes []string
}

func (s *Ledger) begin() *Txn {
	s.mu.Lock()
	return &Txn{s: s}
}

// The caller's lock is given up between the two ends: what the condition asks is not what that lock guards.
func (t *Txn) EndOk() {
	if len(t.changes) != 0 {
		t.rev.Lock()
		t.s.rows["rev"]++
	}
	t.s.mu.Unlock()
	if len(t.changes) != 0 {
		t.rev.Unlock()
	}
}

// Another condition.
func (t *Txn) EndBad() {
	if len(t.changes) != 0 {
		t.rev.Lock() // want `Txn.rev is locked here and still held`
		t.s.rows["rev"]++
	}
	t.s.mu.Unlock()
	if len(t.changes) > 1 {
		t.rev.Unlock() // want `Txn.rev is released here, but is not held on every path`
	}
}
