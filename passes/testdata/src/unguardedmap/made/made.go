// Package made has objects that others can look up, while what made them goes on working on them.
package made

import (
	"net/http"
	"sync"
)

type task struct {
	mu  sync.Mutex
	out map[string]int
}

var (
	mu    sync.Mutex
	tasks = map[int]*task{}
)

func expire(id int) {
	mu.Lock()
	delete(tasks, id)
	mu.Unlock()
}

// RunOk makes a task, runs it here or on a goroutine, and reads the result only if it was here.
func RunOk(id int, async bool) map[string]int {
	t := &task{}
	mu.Lock()
	tasks[id] = t
	mu.Unlock()
	go expire(id)
	if async {
		go t.run(id)
		return nil
	}
	t.run(id)
	return t.out
}

func (t *task) run(id int) {
	defer func() {
		if recover() != nil {
			t.finish(nil)
		}
	}()
	t.finish(result(id))
}

func (t *task) finish(out map[string]int) {
	t.mu.Lock()
	t.out = out
	t.mu.Unlock()
}

var last = map[string]int{}

func result(id int) map[string]int { return last }

// job is worked on by whoever looks it up, too.
type job struct {
	mu  sync.Mutex
	out map[string]int
}

var jobs = map[int]*job{}

func StartBad(id int) map[string]int {
	j := &job{}
	mu.Lock()
	jobs[id] = j
	mu.Unlock()
	go expire(id)
	j.finish(result(id))
	return j.out // want `variable job.out is read without job.mu`
}

func Cancel(id int) {
	mu.Lock()
	j := jobs[id]
	mu.Unlock()
	j.finish(nil)
}

func (j *job) finish(out map[string]int) {
	j.mu.Lock()
	j.out = out
	j.mu.Unlock()
}

// batch goes on on a goroutine that is still running.
type batch struct {
	mu  sync.Mutex
	out map[string]int
}

var batches = map[int]*batch{}

func BatchBad(id int) map[string]int {
	b := &batch{}
	mu.Lock()
	batches[id] = b
	mu.Unlock()
	go b.finish(result(id))
	return b.out // want `variable batch.out is read without batch.mu`
}

func (b *batch) finish(out map[string]int) {
	b.mu.Lock()
	b.out = out
	b.mu.Unlock()
}

// A constructor in between makes no difference, nor does a helper.
type order struct {
	mu    sync.Mutex
	lines map[string]int
}

var orders = map[int]*order{}

func newOrder() *order { return &order{lines: map[string]int{}} }

func OrderOk(id int) int {
	o := newOrder()
	keep(id, o)
	go expire(id)
	o.add("a")
	o.add("b")
	return o.size()
}

func keep(id int, o *order) {
	mu.Lock()
	orders[id] = o
	mu.Unlock()
}

func (o *order) add(k string) {
	o.mu.Lock()
	o.lines[k]++
	o.mu.Unlock()
}

func (o *order) size() int { return len(o.lines) }

// A list is walked by a variable that is set from what it holds.
type node struct {
	next *node
	m    map[string]int
}

func WalkOk(n int) {
	var last, cur *node
	for range n {
		cur = last
		func() { last = cur }()
		cur.visit()
	}
	func() { last = nil }()
}

func (n *node) visit() { n.m["a"] = 1 }

func LoopOk(n int) {
	a := &node{}
	b := a
	for range n {
		a, b = b, a
		defer func() { _, _ = a, b }()
		a.turn()
	}
}

func (n *node) turn() { n.m["a"] = 1 }

// Each request makes its own.
type visit struct {
	mu  sync.Mutex
	out map[string]int
}

var visits = map[int]*visit{}

func init() {
	http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) { VisitOk(1) })
}

func VisitOk(id int) map[string]int {
	v := &visit{}
	mu.Lock()
	visits[id] = v
	mu.Unlock()
	go expire(id)
	v.finish(result(id))
	return v.out
}

func (v *visit) finish(out map[string]int) {
	v.mu.Lock()
	v.out = out
	v.mu.Unlock()
}
