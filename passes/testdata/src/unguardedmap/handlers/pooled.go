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

type visited struct {
	pool  sync.Pool
	hooks []func(each)
	all   map[string]string
}

func (v *visited) begin() each {
	c, ok := v.pool.Get().(each)
	if !ok {
		panic("no visit")
	}
	c.keep(c)
	return c
}

func (v *visited) end(c each) {
	c.clearOk()
	v.pool.Put(c)
}

func (c *visit) clearOk() { clear(c.vars) }

func (v *visited) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	c := v.begin()
	defer v.end(c)
	for _, h := range v.hooks {
		h(c)
	}
	go log(c)
	v.all[r.URL.Path] = "" // want `map visited.all is written here by several goroutines at once with no lock`
}

func log(c each) { println(c) }

func (c *visit) keep(e each) { c.self = e }

func Visited() http.Handler { return &visited{all: map[string]string{}} }
