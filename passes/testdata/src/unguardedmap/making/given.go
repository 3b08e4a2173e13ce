package making

import (
	"net/http"
	"sync"
)

type setupOk struct {
	mu   sync.Mutex
	apps map[string]int
	seen map[string]bool
}

func (s *setupOk) watch(in chan string) {
	for k := range in {
		s.mu.Lock()
		s.seen[k] = true
		s.mu.Unlock()
	}
}

// ProvisionOk prepares the caller's own setup.
func ProvisionOk(s *setupOk, in chan string) { provisionOk(s, in) }

// What is made here, since nothing was given, is not what another call was given.
func provisionOk(s *setupOk, in chan string) {
	if s == nil {
		s = &setupOk{apps: map[string]int{"log": 1}, seen: map[string]bool{}}
	}
	go s.watch(in)
	for k := range s.apps {
		s.apps[k] = 0
	}
}

func ReloadOk(in chan string) {
	http.HandleFunc("/ok", func(http.ResponseWriter, *http.Request) { provisionOk(nil, in) })
}

type setupBad struct {
	mu   sync.Mutex
	apps map[string]int
	seen map[string]bool
}

func (s *setupBad) watch(in chan string) {
	for k := range in {
		s.mu.Lock()
		s.seen[k] = true
		s.mu.Unlock()
	}
}

var current *setupBad

// What is made here is kept for all requests.
func provisionBad(in chan string) {
	s := current
	if s == nil {
		s = &setupBad{apps: map[string]int{"log": 1}, seen: map[string]bool{}}
		current = s
	}
	go s.watch(in)
	for k := range s.apps {
		s.apps[k] = 0 // want `map setupBad.apps is written here by several goroutines at once`
	}
}

func ReloadBad(in chan string) {
	http.HandleFunc("/bad", func(http.ResponseWriter, *http.Request) { provisionBad(in) })
}

type setupOtherBad struct {
	mu   sync.Mutex
	apps map[string]int
	seen map[string]bool
}

func (s *setupOtherBad) watch(in chan string) {
	for k := range in {
		s.mu.Lock()
		s.seen[k] = true
		s.mu.Unlock()
	}
}

// DropOtherBad is given what another function makes.
func DropOtherBad(s *setupOtherBad, k string) { delete(s.apps, k) }

func ReloadOtherBad(in chan string, out chan *setupOtherBad) {
	http.HandleFunc("/other", func(http.ResponseWriter, *http.Request) { openOther(in, out) })
}

func openOther(in chan string, out chan *setupOtherBad) {
	s := &setupOtherBad{apps: map[string]int{"log": 1}, seen: map[string]bool{}}
	go s.watch(in)
	out <- s
	for k := range s.apps {
		s.apps[k] = 0 // want `map setupOtherBad.apps is written here and deleted from at`
	}
}
