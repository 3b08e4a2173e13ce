package lib

import (
	"errors"
	"sync"
)

type Store struct { // the summaries of what others can call travel as facts
	mu   sync.Mutex
	rows map[string]int
}

func New() *Store { return &Store{rows: map[string]int{}} } // want New:"fresh 0"

func (s *Store) Bare(k string) { s.rows[k] = 1 } // want Bare:"P0.rows loaded; P0.rows written"

// Guarded is settled: no caller can make it worse.
func (s *Store) Guarded(k string) { // want Guarded:"^$"
	s.mu.Lock()
	defer s.mu.Unlock()
	s.rows[k] = 1
}

var errNone = errors.New("none")

func (s *Store) Get(k string) (int, error) { // want Get:"^P0.rows loaded; P0.rows read$"
	if v, ok := s.rows[k]; ok {
		return v, nil
	}
	return 0, errNone
}

func (s *Store) Lock() { s.mu.Lock() } // want Lock:"acquires P0.mu:W"

func (s *Store) Live() map[string]int { // want Live:"result 0 is P0.rows taken under P0.mu"
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.rows
}

func Go(f func()) { go f() } // want Go:"call P0 spawned; goroutine ; publishes P0"

func Each(s *Store, f func(string)) { // want Each:"P0.rows iterated; P0.rows loaded; call P1 beside.*|P0.rows iterated; P0.rows loaded; call P1"
	for k := range s.rows {
		f(k)
	}
}

func unexported(s *Store) { clear(s.rows) }

// Pool calls what others put into its fields.
type Pool struct { // want Pool:"^Do by many, Idle by one$"
	Do, Idle, Once func()
	Name           string
}

func (p *Pool) Run() { // want Run:"call P0.Do.*"
	for range 3 {
		go func() { p.Do() }()
	}
	go func() { p.Idle() }()
	p.Once()
}
