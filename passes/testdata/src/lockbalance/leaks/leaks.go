// Package leaks leaves a lock held on one path that the others release.
package leaks

import (
	"errors"
	"log"
	"os"
	"sync"
)

type Store struct {
	mu   sync.Mutex
	rows map[string]int
	n    int
}

var errNone = errors.New("none")

func (s *Store) PutOk(k string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.rows[k] = 1
}

func (s *Store) ReturnBad(k string) (int, error) {
	s.mu.Lock() // want `Store.mu is locked here and still held at the return on line 29; other paths release it; it guards map Store.rows`
	n, ok := s.rows[k]
	if !ok {
		return 0, errNone
	}
	s.mu.Unlock()
	return n, nil
}

func (s *Store) EndBad(k string) {
	s.mu.Lock() // want `still held at the end of the function on line 41`
	if s.n > 0 {
		s.n--
		s.mu.Unlock()
	}
}

func (s *Store) InitBad() int {
	if s.mu.Lock(); s.n > 0 { // want `still held at the return on line 48`
		s.n--
		s.mu.Unlock()
	}
	return s.n
}

func (s *Store) SwitchBad(k int) int {
	s.mu.Lock() // want `still held at the return on line 58`
	switch k {
	case 0:
		s.mu.Unlock()
		return 1
	case 1:
		return 2
	}
	s.mu.Unlock()
	return 0
}

func (s *Store) SelectBad(in chan int, stop chan bool) int {
	s.mu.Lock() // want `still held at the return on line 71`
	select {
	case v := <-in:
		s.n = v
		s.mu.Unlock()
	case <-stop:
		return -1
	}
	return 0
}

func (s *Store) ContinueBad(keys []string) int {
	sum := 0
	for _, k := range keys {
		s.mu.Lock() // want `still held at the continue on line 82`
		n, ok := s.rows[k]
		if !ok {
			continue
		}
		s.mu.Unlock()
		sum += n
	}
	return sum
}

// The paths meet again before the function is over.
func (s *Store) MeetBad(k string) int {
	s.mu.Lock() // want `still held at the return on line 99`
	n := s.rows[k]
	if n > 3 {
		s.mu.Unlock()
	} else {
		n++
	}
	return n
}

func (s *Store) each(in []*Store) (sum int) {
	for _, o := range in {
		o.mu.Lock() // want `still held at the continue on line 106`
		if o.n == 0 {
			continue
		}
		sum += o.n
		o.mu.Unlock()
	}
	return sum
}

func (s *Store) RecoveredBad(k string) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = errNone
		}
	}()
	s.mu.Lock() // want `still held at the panic, which is recovered, on line 122`
	if s.n < 0 {
		panic("negative")
	}
	s.mu.Unlock()
	return nil
}

// Whoever dies holds what it holds.
func (s *Store) PanicOk(k string) {
	s.mu.Lock()
	if s.n < 0 {
		panic("negative")
	}
	s.mu.Unlock()
}

func (s *Store) FatalOk() {
	s.mu.Lock()
	if s.n < 0 {
		log.Fatal("negative")
	}
	if s.n == 0 {
		os.Exit(1)
	}
	s.mu.Unlock()
}

func (s *Store) dieOk() {
	s.mu.Lock()
	if s.n < 0 {
		die()
	}
	s.mu.Unlock()
}

func die() { log.Fatal("it is over") }

func (s *Store) EveryPathOk(k string) int {
	s.mu.Lock()
	if n, ok := s.rows[k]; ok {
		s.mu.Unlock()
		return n
	}
	s.rows[k] = 1
	s.mu.Unlock()
	return 1
}

func (s *Store) LoopOk(keys []string) {
	for _, k := range keys {
		s.mu.Lock()
		if s.rows[k] == 0 {
			s.mu.Unlock()
			continue
		}
		if s.rows[k] == 1 {
			s.mu.Unlock()
			break
		}
		s.mu.Unlock()
	}
}

// Held when the search ends.
func (s *Store) SearchOk(keys []string) {
	for {
		s.mu.Lock()
		if s.n > 0 {
			break
		}
		s.mu.Unlock()
	}
	s.n--
	s.mu.Unlock()
}

// A mutex of the function's own.
func localBad(keys []string, ok bool) int {
	var mu sync.Mutex
	sum := 0
	f := func() {
		mu.Lock()
		sum++
		mu.Unlock()
	}
	go f()
	mu.Lock() // want `mu is locked here and still held at the return on line 209`
	if !ok {
		return 0
	}
	mu.Unlock()
	return sum
}
