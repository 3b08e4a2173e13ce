// Package handover has maps that pass from one goroutine to another.
package handover

import "sync"

// Sent and not touched again; the receiver writes.
func SendOk(keys []string) {
	ch := make(chan map[string]int)
	go func() {
		for m := range ch {
			m["seen"] = 1
		}
	}()
	for _, k := range keys {
		m := map[string]int{}
		m[k] = 1
		ch <- m
	}
	close(ch)
}

// The receiver is in sight and writes, and the sender goes on writing.
func SendBad(key string) {
	ch := make(chan map[string]int)
	go func() {
		m := <-ch
		m["seen"] = 1 // want `map m is written here and written at handover.go:\d+ with no lock in common: the goroutine SendBad\$1 starts`
	}()
	batch := map[string]int{}
	ch <- batch
	batch[key] = 1
}

// Without the receiver in sight: most likely a race, but nothing here shows it.
func FN_SendBlind(out chan<- map[string]int, key string) {
	batch := map[string]int{}
	out <- batch
	batch[key] = 1
}

// What was received is the receiver's.
func ReceiveOk(in <-chan map[string]int) int {
	n := 0
	for m := range in {
		m["seen"] = 1
		n += len(m)
	}
	return n
}

type job struct{ args map[string]int }

// Inside a struct.
func JobsOk(n int) {
	ch := make(chan *job)
	go func() {
		for j := range ch {
			j.args["done"] = 1
		}
	}()
	for i := range n {
		j := &job{args: map[string]int{}}
		j.args["id"] = i
		ch <- j
	}
}

type jobBad struct{ args map[string]int }

// The struct was sent, and its map is written after that.
func JobsBad(n int) {
	ch := make(chan *jobBad)
	go func() {
		for j := range ch {
			j.args["done"] = 1 // want `map jobBad.args is written here and written at handover.go:\d+ with no lock in common`
		}
	}()
	for i := range n {
		j := &jobBad{args: map[string]int{}}
		ch <- j
		j.args["id"] = i
	}
}

type batcherOk struct {
	mu      sync.Mutex
	pending map[string]int
}

func (b *batcherOk) Add(k string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.pending[k]++
}

// Swapped out under the lock, the old map is ours.
func (b *batcherOk) Flush() int {
	b.mu.Lock()
	old := b.pending
	b.pending = map[string]int{}
	b.mu.Unlock()
	n := 0
	for _, v := range old {
		n += v
	}
	return n
}

type batcherBad struct {
	mu      sync.Mutex
	pending map[string]int
}

func (b *batcherBad) Add(k string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.pending[k] = 1
}

// Only the variable was read under the lock; the map is still the shared one.
func (b *batcherBad) Flush() int {
	b.mu.Lock()
	old := b.pending
	b.mu.Unlock()
	n := 0
	for _, v := range old { // want `map batcherBad.pending is iterated after batcherBad.mu, under which it was taken, is released`
		n += v
	}
	return n
}

// Exchange puts another map in its place on both branches, and returns the old one.
func (b *batcherOk) Exchange(next map[string]int) map[string]int {
	b.mu.Lock()
	old := b.pending
	if next == nil {
		b.pending = map[string]int{}
	} else {
		b.pending = next
	}
	b.mu.Unlock()
	return old
}

type lenderBad struct {
	mu      sync.Mutex
	pending map[string]int
}

func (l *lenderBad) Add(k string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.pending[k]++
}

// On one way nothing comes in its place.
func (l *lenderBad) Exchange(next map[string]int) map[string]int {
	l.mu.Lock()
	old := l.pending
	switch len(next) {
	case 0:
		l.pending = map[string]int{}
	case 1:
		l.pending = next
	}
	l.mu.Unlock()
	return old // want `map lenderBad.pending itself is returned, to be used by the caller after lenderBad.mu is released`
}

type keeperOk struct {
	mu   sync.Mutex
	keys map[string]int
}

// The lock goes to the child, which releases it.
func (k *keeperOk) Touch(id string) {
	k.mu.Lock()
	go func() {
		defer k.mu.Unlock()
		k.keys[id] = 1
	}()
}

func (k *keeperOk) Get(id string) int {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.keys[id]
}

type keeperBad struct {
	mu   sync.Mutex
	keys map[string]int
}

// The parent goes on although the lock has gone.
func (k *keeperBad) Touch(id string) {
	k.mu.Lock()
	go func() {
		defer k.mu.Unlock()
		k.keys[id] = 1
	}()
	delete(k.keys, "old") // want `map keeperBad.keys is deleted from`
}

func (k *keeperBad) Get(id string) int {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.keys[id]
}

func (k *keeperBad) Put(id string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.keys[id] = 2
}

// A child builds the map and sends it, the parent goes on with it.
func BuildOk(keys []string) map[string]int {
	ch := make(chan map[string]int)
	go func() {
		m := map[string]int{}
		for _, k := range keys {
			m[k] = 1
		}
		ch <- m
	}()
	m := <-ch
	m["parent"] = 1
	return m
}

// One map per worker, merged by the parent.
func MergeOk(parts [][]string) map[string]int {
	ch := make(chan map[string]int)
	for _, part := range parts {
		go func() {
			m := map[string]int{}
			for _, k := range part {
				m[k] = 1
			}
			ch <- m
		}()
	}
	all := map[string]int{}
	for range parts {
		for k, v := range <-ch {
			all[k] += v
		}
	}
	return all
}

// The workers share one map, sent again and again.
func MergeBad(parts [][]string) {
	ch := make(chan map[string]int)
	m := map[string]int{}
	for _, part := range parts {
		go func() {
			for _, k := range part {
				m[k] = 1 // want `map m is written here by several goroutines at once with no lock`
			}
			ch <- m
		}()
	}
	for range parts {
		<-ch
	}
}

// Returned, and not kept.
func ResultOk(k string) map[string]int {
	m := map[string]int{}
	m[k] = 1
	return m
}
