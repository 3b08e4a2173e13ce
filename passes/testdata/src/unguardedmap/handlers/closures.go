package handlers

import (
	"maps"
	"net/http"
	"sync"
)

// Two handlers that one function makes: what the one does under the lock, in a method, and what the other does to the map that it got from under the lock.
type shelf struct {
	mu    sync.RWMutex
	books map[string]int
}

func (s *shelf) put(name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.books[name]++
}

func (s *shelf) all() map[string]int {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.books
}

func shelfBad() {
	s := &shelf{books: map[string]int{}}
	http.HandleFunc("/put", func(w http.ResponseWriter, r *http.Request) { s.put(r.URL.Path) })
	http.HandleFunc("/all", func(w http.ResponseWriter, r *http.Request) {
		for name := range s.all() { // want `map shelf.books is iterated after shelf.mu, under which it was taken, is released`
			println(name)
		}
	})
}

type shelfCopied struct {
	mu    sync.RWMutex
	books map[string]int
}

func (s *shelfCopied) put(name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.books[name]++
}

func (s *shelfCopied) all() map[string]int {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return maps.Clone(s.books)
}

func shelfOk() {
	s := &shelfCopied{books: map[string]int{}}
	http.HandleFunc("/put", func(w http.ResponseWriter, r *http.Request) { s.put(r.URL.Path) })
	http.HandleFunc("/all", func(w http.ResponseWriter, r *http.Request) {
		for name := range s.all() {
			println(name)
		}
	})
}
