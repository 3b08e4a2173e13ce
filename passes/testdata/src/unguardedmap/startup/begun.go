package startup

import (
	"encoding/json"
	"net/http"
)

// What Start makes before it starts the worker is there for whoever comes later: what was written before is gone.

type board struct {
	scores map[string]int
	names  map[string]string
	quit   chan struct{}
}

func (b *board) Start() {
	b.scores = make(map[string]int)
	go b.loop()
}

func (b *board) loop() {
	for {
		for k := range b.scores {
			println(k)
		}
	}
}

func (b *board) ScoreBad(k string, n int) {
	b.scores[k] = n // want `map board.scores is written here and iterated at begun.go:\d+ with no lock in common: the goroutine board.loop starts`
}

// The server that has the handler begins before anybody has a map to write to.
type panel struct {
	current map[int]string
	done    bool
}

func (p *panel) Init() {
	if p.done {
		return
	}
	p.done = true
	p.current = make(map[int]string)
	http.HandleFunc("/status", p.status)
	go http.ListenAndServe("localhost:1", nil)
}

func (p *panel) EventBad(id int, s string) {
	p.current[id] = s // want `map panel.current is written here and iterated at begun.go:\d+ with no lock in common: the handler panel.status`
}

func (p *panel) status(w http.ResponseWriter, r *http.Request) {
	json.NewEncoder(w).Encode(p.current)
}

// Routes may be added between the two.
type router struct{ routes map[string]string }

func (r *router) Init() {
	r.routes = make(map[string]string)
	http.HandleFunc("/", r.serve)
}

func (r *router) AddOk(path, what string) { r.routes[path] = what }

func (r *router) serve(w http.ResponseWriter, req *http.Request) {
	w.Write([]byte(r.routes[req.URL.Path]))
}

// Who made the map in the constructor may fill it first.
type roster struct{ members map[string]int }

func newRoster() *roster {
	return &roster{members: map[string]int{}}
}

func (r *roster) Run() {
	if r.members == nil {
		r.members = make(map[string]int)
	}
	go r.loop()
}

func (r *roster) AddOk(k string) { r.members[k]++ }

func (r *roster) loop() {
	for {
		for k := range r.members {
			println(k)
		}
	}
}

// So may who has made it before by another method.
type parts struct{ have map[string]int }

func (p *parts) Prime() { p.have = make(map[string]int) }

func (p *parts) Run() {
	p.have = make(map[string]int)
	go p.loop()
}

func (p *parts) AddOk(k string) { p.have[k]++ }

func (p *parts) loop() {
	for {
		for k := range p.have {
			println(k)
		}
	}
}

// Here the worker is told when to look.
func (b *board) Watch() {
	b.names = make(map[string]string)
	b.quit = make(chan struct{})
	go func() {
		<-b.quit
		for k := range b.names {
			println(k)
		}
	}()
}

func (b *board) NameOk(k, v string) { b.names[k] = v }

func (b *board) Stop() { close(b.quit) }
