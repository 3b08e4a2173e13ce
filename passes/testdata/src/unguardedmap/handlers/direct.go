package handlers

import (
	"net/http"
	"sync"
)

// What a function does once it has started a server by a go statement of its own, with an object that it has made and a handler has, too.

type kioskBad struct{ papers map[string]int }

func sellBad() {
	k := &kioskBad{papers: map[string]int{}}
	http.HandleFunc("/kiosk", func(w http.ResponseWriter, r *http.Request) { println(k.papers[r.Host]) })
	k.papers["first"] = 1
	go http.ListenAndServe(":1", nil)
	for {
		k.papers["x"]++ // want `map kioskBad.papers is written here and read at direct.go:14 with no lock in common: the handler sellBad\$1 runs for each request`
	}
}

type kioskOk struct{ papers map[string]int }

func sellOk() {
	k := &kioskOk{papers: map[string]int{}}
	http.HandleFunc("/ok", func(w http.ResponseWriter, r *http.Request) { println(k.papers[r.Host]) })
	k.papers["x"]++
	go http.ListenAndServe(":1", nil)
	select {}
}

// boothBad is given to a method of its own, which serves it and goes over it in a loop.
type boothBad struct {
	mu    sync.Mutex
	calls map[string]int
}

func (b *boothBad) serve(w http.ResponseWriter, r *http.Request) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.calls[r.Host]++
}

func (b *boothBad) run() {
	http.HandleFunc("/booth", b.serve)
	go http.ListenAndServe(":1", nil)
	for {
		for k := range b.calls { // want `map boothBad.calls is iterated without boothBad.mu`
			println(k)
		}
	}
}

// boothOk is gone over before it is served.
type boothOk struct {
	mu    sync.Mutex
	calls map[string]int
}

func (b *boothOk) serve(w http.ResponseWriter, r *http.Request) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.calls[r.Host]++
}

func (b *boothOk) run() {
	for k := range b.calls {
		println(k)
	}
	http.HandleFunc("/boothok", b.serve)
	http.ListenAndServe(":1", nil)
}

func Kiosks() {
	go sellBad()
	go sellOk()
	go func() {
		b := &boothBad{calls: map[string]int{}}
		b.run()
	}()
	b := &boothOk{calls: map[string]int{}}
	b.run()
}
