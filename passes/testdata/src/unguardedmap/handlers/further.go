package handlers

import "net/http"

type limiter struct{ calls map[string]int }

func (l *limiter) allowBad(k string) bool {
	l.calls[k]++ // want `map limiter.calls is written here by several goroutines at once with no lock: (limitBad|failBad).ServeHTTP runs for each request`
	return l.calls[k] < 9
}

var limits = &limiter{calls: map[string]int{}}

type next interface {
	ServeHTTP(http.ResponseWriter, *http.Request) error
}

// limitBad is a handler of a router that hands it the next one.
type limitBad struct{}

func (limitBad) ServeHTTP(w http.ResponseWriter, r *http.Request, to next) error {
	if !limits.allowBad(r.Host) {
		return nil
	}
	return to.ServeHTTP(w, r)
}

// failBad returns what went wrong.
type failBad struct{}

func (failBad) ServeHTTP(w http.ResponseWriter, r *http.Request) (int, error) {
	limits.allowBad(r.Host)
	return 0, nil
}

var served = map[string]int{}

// queueOk serves something else.
type queueOk struct{}

func (queueOk) ServeHTTP(addr string, n int) { served[addr] = n }
