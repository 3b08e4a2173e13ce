package settled

import "sync"

// What a goroutine, or a caller, has made may lead to what others have, or be put where others find it.

// leaf puts itself into the table, and goes on under its own lock alone.
type leaf struct {
	mu sync.Mutex
	m  map[string]int
}

func (e *leaf) join(t *tree, id int) {
	t.mu.Lock()
	t.all[id] = e
	t.mu.Unlock()
	e.set("joined")
}

func (e *leaf) set(k string) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.m[k]++
}

func (e *leaf) listBad() (out []string) {
	for k := range e.m { // want `map leaf.m is iterated without leaf.mu`
		out = append(out, k)
	}
	return out
}

type tree struct {
	mu  sync.Mutex
	all map[int]*leaf
	in  chan int
}

func (t *tree) Start() {
	go func() {
		for id := range t.in {
			e := &leaf{m: map[string]int{}}
			e.join(t, id)
		}
	}()
}

func (t *tree) Change(id int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.all[id].set("x")
}

func (t *tree) List() (out [][]string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, e := range t.all {
		out = append(out, e.listBad())
	}
	return out
}

// stockA is worked on by an object that each call makes, which leads to it.
type stockA struct {
	mu sync.Mutex
	m  map[string]int
}

func (s *stockA) add(k string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.m[k]++
}

func (s *stockA) listBad() int {
	n := 0
	for range s.m { // want `map stockA.m is iterated without stockA.mu`
		n++
	}
	return n
}

type jobA struct{ o *OwnerA }

func (j *jobA) run() { j.o.st.add("jobA") }

type OwnerA struct {
	mu sync.Mutex
	st *stockA
}

func NewOwnerA() *OwnerA { return &OwnerA{st: &stockA{m: map[string]int{}}} }

func (o *OwnerA) Work() {
	j := &jobA{o}
	j.run()
}

func (o *OwnerA) Add(k string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.st.add(k)
}

func (o *OwnerA) List() int {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.st.listBad()
}

// stockF is three steps away from what the goroutine makes.
type stockF struct {
	mu sync.Mutex
	m  map[string]int
}

type ownerF struct{ st *stockF }

type connF struct{ o *holderF }

type holderF struct{ own *ownerF }

func (c *connF) serve() {
	c.o.own.st.mu.Lock()
	c.o.own.st.m["x"]++
	c.o.own.st.mu.Unlock()
}

type SrvF struct{ h *holderF }

func (s *SrvF) Start() {
	go func() {
		c := &connF{s.h}
		c.serve()
	}()
}

func (s *SrvF) LenBad() int {
	n := 0
	for range s.h.own.st.m { // want `map stockF.m is iterated without stockF.mu`
		n++
	}
	return n
}

// stockG is, too, and has a method that locks.
type stockG struct {
	mu sync.Mutex
	m  map[string]int
}

func (s *stockG) add(k string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.m[k]++
}

type holderG struct{ st *stockG }
type ownerG struct{ h *holderG }

type jobG struct{ o *ownerG }

func (j *jobG) run() { j.o.h.st.add("jobG") }

type SrvG struct{ o *ownerG }

func (s *SrvG) Start() {
	go func() {
		j := &jobG{s.o}
		j.run()
	}()
}

func (s *SrvG) LenBad() int {
	n := 0
	for range s.o.h.st.m { // want `map stockG.m is iterated without stockG.mu`
		n++
	}
	return n
}
