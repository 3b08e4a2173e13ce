package escape

import "sync"

// An object that was found under the lock or else made, and is used when the lock is gone.

type handle struct{ users map[string]int }

type openBad struct {
	mu   sync.Mutex
	open map[string]*handle
}

func (o *openBad) Acquire(name, user string) {
	o.mu.Lock()
	h, ok := o.open[name]
	if !ok {
		h = &handle{users: map[string]int{}}
		o.open[name] = h
	}
	o.mu.Unlock()
	h.users[user]++ // want `map handle.users is written without openBad.mu, held at \d+ of its \d+ other accesses`
}

func (o *openBad) Release(name, user string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	h := o.open[name]
	if h.users[user]--; h.users[user] == 0 {
		delete(h.users, user)
	}
}

type lease struct{ users map[string]int }

type openOk struct {
	mu   sync.Mutex
	open map[string]*lease
}

func (o *openOk) Acquire(name, user string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	l, ok := o.open[name]
	if !ok {
		l = &lease{users: map[string]int{}}
		o.open[name] = l
	}
	l.users[user]++
}

func (o *openOk) Release(name, user string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	l := o.open[name]
	if l.users[user]--; l.users[user] == 0 {
		delete(l.users, user)
	}
}
