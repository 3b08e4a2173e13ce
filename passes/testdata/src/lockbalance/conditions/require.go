package conditions

import "testing"

// require does not return if there is an error: a test that gives its locks up before it fails does not give them up twice.
func require(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatalf("unexpected error: %v", err)
	}
}

func (s *Store) load() error { return nil }

func requiredOk(t *testing.T, s *Store) {
	s.mu.Lock()
	if err := s.load(); err != nil {
		s.mu.Unlock()
		require(t, err)
	}
	s.mode++
	s.mu.Unlock()
}

func requiredBad(t *testing.T, s *Store) {
	s.mu.Lock()
	err := s.load()
	if s.mode > 3 {
		s.mu.Unlock()
		require(t, err)
	}
	s.mode++
	s.mu.Unlock() // want `Store.mu is released here, but was released on line \d+ already`
}

func requireTB(t testing.TB, err error) {
	if err != nil {
		t.Fatal(err)
	}
}

func requiredByInterfaceOk(t *testing.T, s *Store) {
	s.mu.Lock()
	if err := s.load(); err != nil {
		s.mu.Unlock()
		requireTB(t, err)
	}
	s.mode++
	s.mu.Unlock()
}

type refusal struct{ code int }

func (*refusal) Error() string { return "refused" }

func (s *Store) place() *refusal { return nil }

func requiredOfOwnTypeOk(t *testing.T, s *Store) {
	s.mu.Lock()
	refused := s.place()
	if refused != nil {
		s.mu.Unlock()
		require(t, refused)
	}
	s.mode++
	s.mu.Unlock()
}
