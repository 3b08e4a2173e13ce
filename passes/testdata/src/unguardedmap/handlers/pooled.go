package handlers

import (
	"net/http"
	"sync"
)

// visit is what each request has for itself, out of a pool.
type visit struct {
	self each
	vars map[string]string
}

type each interface {
	keep(each)
	clearOk()
}

type Visits struct {
	pool  sync.Pool
	hooks []func(each)
	all   map[string]string
}

func (v *Visits) begin() each {
	c, ok := v.pool.Get().(each)
	if !ok {
		panic("no visit")
	}
	c.keep(c)
	return c
}

func (v *Visits) End(c each) {
	c.clearOk()
	v.pool.Put(c)
}

func (c *visit) clearOk() { clear(c.vars) }

func (v *Visits) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	c := v.begin()
	defer v.End(c)
	for _, h := range v.hooks {
		h(c)
	}
	go log(c)
	v.all[r.URL.Path] = "" // want `map Visits.all is written here by several goroutines at once with no lock`
}

func log(c each) { println(c) }

func (c *visit) keep(e each) { c.self = e }

func Visited() http.Handler { return &Visits{all: map[string]string{}} }
