package startup

import (
	"sync"

	"unguardedmap/startup/logs"
)

type topics map[string]int

func (t topics) add(k string) { t[k]++ }

type choice struct{ names topics }

type intake struct {
	mu  sync.Mutex
	cur *choice
}

func (in *intake) init(names []string) {
	c := &choice{names: topics{}}
	in.cur = c
	for _, n := range names {
		c.names.add(n)
	}
}

// shopOk has a library start a goroutine before the object is complete. That goroutine knows nothing of the object.
type shopOk struct {
	log *logs.Log
	in  intake
}

func NewShopOk(names []string) *shopOk {
	s := &shopOk{log: logs.Open()}
	s.log.Attach(s)
	s.in.init(names)
	return s
}

func (s *shopOk) Add(k, of string) {
	s.in.mu.Lock()
	defer s.in.mu.Unlock()
	s.in.cur.names[k]++
	s.in.cur.names[of]++
	s.in.cur.names["all"]++
}

func (s *shopOk) Drop(k string) {
	s.in.mu.Lock()
	defer s.in.mu.Unlock()
	delete(s.in.cur.names, k)
}

func (s *shopOk) Purge(names []string) {
	go func() {
		s.in.mu.Lock()
		defer s.in.mu.Unlock()
		for _, n := range names {
			delete(s.in.cur.names, n)
		}
	}()
}

type tags map[string]int

func (t tags) add(k string) { t[k]++ } // want `map pick.names is written here and read at foreign.go:\d+ with no lock in common`

type pick struct{ names tags }

type outlet struct {
	mu  sync.Mutex
	cur *pick
}

func (o *outlet) init(names []string) {
	c := &pick{names: tags{}}
	o.cur = c
	for _, n := range names {
		c.names.add(n)
	}
}

// shopBad gives the library a function of its own to run.
type shopBad struct{ out outlet }

func NewShopBad(names []string) *shopBad {
	s := &shopBad{}
	logs.Each(s.tick)
	s.out.init(names)
	return s
}

func (s *shopBad) tick() {
	s.out.mu.Lock()
	defer s.out.mu.Unlock()
	if s.out.cur != nil {
		s.out.cur.names["tick"]++
	}
}
