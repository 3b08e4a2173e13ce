package comments

import "sync"

// Shelf keeps books.
type Shelf struct {
	// RWMutex protects the Books map.
	sync.RWMutex
	Books map[string]int
}

// look and change stand for a section, and have value receivers: that each has a copy is no other object.
type look struct{ s *Shelf }

type change struct{ look }

func (s *Shelf) Look() *look { s.RLock(); return &look{s: s} }

func (s *Shelf) Change() *change { s.Lock(); return &change{look{s: s}} }

func (l *look) Close()   { l.s.RUnlock() }
func (c *change) Close() { c.s.Unlock() }

func (l look) HasOk(k string) bool     { _, ok := l.s.Books[k]; return ok }
func (c change) PutOk(k string, v int) { c.s.Books[k] = v }

// AddBad is no part of a section.
func (s *Shelf) AddBad(k string) {
	s.Books[k]++ // want `map Shelf.Books is written without Shelf.RWMutex, which guards it as the comment says`
}
