package comments

import "sync"

// A function that wants a lock held is called under it by whoever was given the function, too.

type version struct {
	refs     int
	onDelete func(name string)
}

func (v *version) unref(name string) {
	if v.refs--; v.refs == 0 {
		v.onDelete(name)
	}
}

type storeOk struct {
	mu   sync.Mutex
	gone map[string]bool
	list []*version
}

// s.mu must be held when dropLocked is called.
func (s *storeOk) dropLocked(name string) {
	delete(s.gone, name)
}

func (s *storeOk) Add() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.list = append(s.list, &version{refs: 1, onDelete: s.dropLocked})
}

func (s *storeOk) sweep() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.gone["a"] = true
	for _, v := range s.list {
		v.unref("a")
	}
}

func (s *storeOk) Start() {
	go s.sweep()
	go s.sweep()
}

type edition struct {
	refs     int
	onDelete func(name string)
}

func (v *edition) unref(name string) {
	if v.refs--; v.refs == 0 {
		v.onDelete(name)
	}
}

type storeBad struct {
	mu   sync.Mutex
	gone map[string]bool
	list []*edition
}

// drop says nothing.
func (s *storeBad) drop(name string) {
	delete(s.gone, name) // want `deleted from without storeBad.mu`
}

func (s *storeBad) Add() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.list = append(s.list, &edition{refs: 1, onDelete: s.drop})
}

func (s *storeBad) sweep() {
	s.mu.Lock()
	list := s.list
	s.gone["a"] = true
	s.mu.Unlock()
	for _, v := range list {
		v.unref("a")
	}
}

func (s *storeBad) Start() {
	go s.sweep()
	go s.sweep()
}
