package semaphores

import (
	"sync"
	"sync/atomic"
)

// An atomic flag that is set by swapping alone lets in one at a time.

type scheduler interface{ schedule(fn func()) }

type spawner struct{}

func (spawner) schedule(fn func()) { go fn() }

type mailboxOk struct {
	mu     sync.Mutex
	queue  []string
	busy   atomic.Bool
	on     scheduler
	counts map[string]int
}

func (m *mailboxOk) Post(k string) {
	m.mu.Lock()
	m.queue = append(m.queue, k)
	m.mu.Unlock()
	m.wake()
}

func (m *mailboxOk) wake() {
	if m.busy.CompareAndSwap(false, true) {
		m.on.schedule(m.process)
	}
}

func (m *mailboxOk) process() {
	for {
		m.run()
		m.busy.Store(false)
		m.mu.Lock()
		more := len(m.queue) > 0
		m.mu.Unlock()
		if !more || !m.busy.CompareAndSwap(false, true) {
			return
		}
	}
}

func (m *mailboxOk) run() {
	m.mu.Lock()
	queue := m.queue
	m.queue = nil
	m.mu.Unlock()
	for _, k := range queue {
		m.counts[k]++
	}
}

var Mailboxes = []*mailboxOk{{on: spawner{}}}

type refreshOk struct {
	running int32
	ages    map[string]int
}

func (r *refreshOk) Refresh(k string) {
	if !atomic.CompareAndSwapInt32(&r.running, 0, 1) {
		return
	}
	go func() {
		defer atomic.StoreInt32(&r.running, 0)
		r.ages[k]++
	}()
}

type refreshBad struct {
	running atomic.Bool
	ages    map[string]int
}

// The flag is unset when the goroutine has been started.
func (r *refreshBad) Refresh(k string) {
	if !r.running.CompareAndSwap(false, true) {
		return
	}
	defer r.running.Store(false)
	go func() {
		r.ages[k]++ // want `map refreshBad.ages is written here by several goroutines at once`
	}()
}

type forcedBad struct {
	running atomic.Bool
	ages    map[string]int
}

// Others set the flag without asking.
func (f *forcedBad) Force(k string) {
	f.running.Store(true)
	go func() {
		defer f.running.Store(false)
		f.ages[k]++ // want `map forcedBad.ages is written here`
	}()
}

func (f *forcedBad) Refresh(k string) {
	if f.running.CompareAndSwap(false, true) {
		go func() {
			defer f.running.Store(false)
			delete(f.ages, k)
		}()
	}
}
