package lockforms

import (
	"net/http"
	"sync"
)

var drawersBad = map[string]int{}

// Each request has a lock of its own.
func DrawerBad(w http.ResponseWriter, r *http.Request) {
	var mu sync.Mutex
	mu.Lock()
	defer mu.Unlock()
	drawersBad[r.URL.Path]++ // want `map drawersBad is written here by several goroutines at once with no lock`
}

type chest struct {
	mu    *sync.Mutex
	socks map[string]int
}

// So has each call of a method that looks, and then takes one.
func (c *chest) fillBad(name string) {
	if _, ok := c.socks[name]; ok {
		return
	}
	var mutex = &sync.Mutex{}
	mutex.Lock()
	defer mutex.Unlock()
	c.socks[name] = 1 // want `map chest.socks is written here by several goroutines at once with no lock`
}

func openChest(names []string) {
	c := &chest{socks: map[string]int{}}
	for _, n := range names {
		go c.fillBad(n)
	}
}

// One that the call hands to its goroutines is theirs.
func SortOk(names []string) int {
	var mu sync.Mutex
	out := map[string]int{}
	var wg sync.WaitGroup
	for _, n := range names {
		wg.Add(1)
		go func() {
			defer wg.Done()
			mu.Lock()
			defer mu.Unlock()
			out[n] = len(n)
		}()
	}
	wg.Wait()
	mu.Lock()
	defer mu.Unlock()
	return len(out)
}

// Nor is one private that is put where others find it.
type shelfOk struct {
	mu    *sync.Mutex
	books map[string]int
}

func (s *shelfOk) add(name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.books[name]++
}

func openShelf(names []string) int {
	mu := &sync.Mutex{}
	s := &shelfOk{mu: mu, books: map[string]int{}}
	for _, n := range names {
		go s.add(n)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.books)
}
