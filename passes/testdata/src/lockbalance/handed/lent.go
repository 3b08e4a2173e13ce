package handed

import (
	"sync"
	"time"
)

type Daemon struct {
	lock    sync.RWMutex
	started bool
}

func unlockOnce(l sync.Locker) func() {
	var once sync.Once
	return func() { once.Do(l.Unlock) }
}

// What unlockOnce returned gives the lock up, here or at the end.
func (d *Daemon) StartOk() bool {
	unlock := unlockOnce(&d.lock)
	d.lock.Lock()
	defer unlock()
	if d.started {
		return false
	}
	d.started = true
	unlock()
	return d.isStarted()
}

func (d *Daemon) isStarted() bool {
	d.lock.RLock()
	defer d.lock.RUnlock()
	return d.started
}

type Committer struct {
	lock sync.Mutex
	n    int
}

func lockWithin(l *sync.Mutex, d time.Duration) bool {
	done := make(chan bool, 1)
	go func() {
		l.Lock()
		done <- true
	}()
	select {
	case <-done:
		return true
	case <-time.After(d):
		return false
	}
}

// A goroutine has taken the lock for it.
func (c *Committer) CommitOk() {
	if !lockWithin(&c.lock, time.Second) {
		return
	}
	defer c.lock.Unlock()
	c.n++
}

type Plain struct {
	lock sync.Mutex
	n    int
}

func add(n *int, l *sync.Mutex) {
	l.Lock()
	defer l.Unlock()
	*n++
}

// The helper has no function literal.
func (p *Plain) AddBad() {
	p.lock.Lock()
	defer p.lock.Unlock()
	add(&p.n, &p.lock) // want `Plain.lock is locked by add, which is called here, while it is held`
}
