package making

import (
	"net/http"
	"sync"
)

// A variable that is set to a new map, which is filled then, by whoever comes: of two that run at once, each may get the map of the other.

var users map[string]int

func scan(names []string) {
	users = make(map[string]int)
	for _, name := range names {
		users[name]++ // want `map users is written here by several goroutines at once`
	}
}

func ScanAllBad(lists [][]string) {
	var wg sync.WaitGroup
	for _, names := range lists {
		wg.Add(1)
		go func() {
			defer wg.Done()
			scan(names)
		}()
	}
	wg.Wait()
}

type visits struct{ last map[string]int }

func (v *visits) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	v.last = map[string]int{}
	v.last[r.Host]++ // want `map visits.last is written here by several goroutines at once`
}

// Each has an object of its own.
type scanOk struct{ users map[string]int }

func (s *scanOk) run(names []string) {
	s.users = make(map[string]int)
	for _, name := range names {
		s.users[name]++
	}
}

func ScanEachOk(lists [][]string) {
	for _, names := range lists {
		s := &scanOk{}
		go s.run(names)
	}
}

// Under a lock.
var (
	mu     sync.Mutex
	guests map[string]int
)

func scanGuestsOk(names []string) {
	mu.Lock()
	defer mu.Unlock()
	guests = make(map[string]int)
	for _, name := range names {
		guests[name]++
	}
}

func ScanGuestsOk(lists [][]string) {
	for _, names := range lists {
		go scanGuestsOk(names)
	}
}

// The new map is filled before it is put into the variable.
var hosts map[string]int

func scanHostsOk(names []string) {
	found := make(map[string]int)
	for _, name := range names {
		found[name]++
	}
	hosts = found
}

func ScanHostsOk(lists [][]string) {
	for _, names := range lists {
		go scanHostsOk(names)
	}
}

type poolOk struct{ n int }

func (p *poolOk) copyTo(q *poolOk) { *q = *p }

type spaceOk struct {
	sync.Mutex
	subnets map[string]*poolOk
}

// What is put in place anew is looked into while it is filled.
func (s *spaceOk) FP_CopyTo(d *spaceOk) {
	s.Lock()
	defer s.Unlock()
	d.subnets = make(map[string]*poolOk)
	for k, v := range s.subnets {
		d.subnets[k] = &poolOk{}
		v.copyTo(d.subnets[k]) // want `map spaceOk.subnets is read without spaceOk.Mutex`
	}
}

func (s *spaceOk) Add(k string) {
	s.Lock()
	defer s.Unlock()
	s.subnets[k] = &poolOk{}
}

func (s *spaceOk) Get(k string) *poolOk {
	s.Lock()
	defer s.Unlock()
	return s.subnets[k]
}
