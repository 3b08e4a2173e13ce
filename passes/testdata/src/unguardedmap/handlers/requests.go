package handlers

import "net/http"

func request(h http.Handler) {
	go h.ServeHTTP(nil, nil)
}

// Requests of one's own are requests: what follows runs beside them.
func RequestsBad() {
	codes := map[string]int{}
	mux := http.NewServeMux()
	mux.HandleFunc("/code", func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(codes[r.URL.Path])
	})
	request(mux)
	codes["/gone"] = 410 // want `map codes is written here and read at requests.go:\d+ with no lock in common`
}

// One that is answered before the call returns is not beside anything.
func AnsweredOk() {
	codes := map[string]int{}
	mux := http.NewServeMux()
	mux.HandleFunc("/code", func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(codes[r.URL.Path])
	})
	mux.ServeHTTP(nil, nil)
	codes["/gone"] = 410
}

type holder struct{ f func() int }

func (h *holder) ServeHTTP(w http.ResponseWriter, r *http.Request) { w.WriteHeader(h.f()) }

// The function that the handler's object holds has the map.
func HeldBad() {
	codes := map[string]int{}
	mux := http.NewServeMux()
	mux.Handle("/code", &holder{func() int { return codes["/gone"] }})
	request(mux)
	codes["/gone"] = 410 // want `map codes is written here and read at requests.go:\d+ with no lock in common`
}

func HeldOk() {
	codes := map[string]int{}
	mux := http.NewServeMux()
	codes["/gone"] = 410
	mux.Handle("/code", &holder{func() int { return codes["/gone"] }})
	request(mux)
}
