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

// A mailbox that can be stopped has more than two states.
const (
	stopped int32 = iota
	starting
	idle
	running
)

type inboxOk struct {
	queue  chan string
	status int32
	on     scheduler
	counts map[string]int
}

func (i *inboxOk) Post(k string) {
	i.queue <- k
	i.wake()
}

func (i *inboxOk) wake() {
	if atomic.CompareAndSwapInt32(&i.status, idle, running) {
		i.on.schedule(i.process)
	}
}

func (i *inboxOk) process() {
	i.run()
	if atomic.CompareAndSwapInt32(&i.status, running, idle) && len(i.queue) > 0 {
		i.wake()
	}
}

func (i *inboxOk) run() {
	for atomic.LoadInt32(&i.status) != stopped {
		select {
		case k := <-i.queue:
			i.counts[k]++
		default:
			return
		}
	}
}

func (i *inboxOk) Start() {
	if atomic.CompareAndSwapInt32(&i.status, stopped, starting) {
		atomic.SwapInt32(&i.status, idle)
		i.wake()
	}
}

func (i *inboxOk) Stop() { atomic.StoreInt32(&i.status, stopped) }

var Inboxes = []*inboxOk{{on: spawner{}}}

type inboxBad struct {
	status int32
	counts map[string]int
}

func (i *inboxBad) Wake(k string) {
	if atomic.CompareAndSwapInt32(&i.status, idle, running) {
		go i.process(k)
	}
}

// Whoever resumes says that it is running, though another goroutine may be at it.
func (i *inboxBad) Resume(k string) {
	atomic.StoreInt32(&i.status, running)
	go i.process(k)
}

func (i *inboxBad) process(k string) {
	i.counts[k]++ // want `map inboxBad.counts is written here by several goroutines at once`
	atomic.CompareAndSwapInt32(&i.status, running, idle)
}

type restedBad struct {
	status int32
	counts map[string]int
}

func newRestedBad() *restedBad { return &restedBad{status: idle, counts: map[string]int{}} }

// Nobody has taken the state that it is made with.
func (r *restedBad) Rest(k string) {
	if atomic.CompareAndSwapInt32(&r.status, running, idle) {
		go func() {
			r.counts[k]++ // want `map restedBad.counts is written here by several goroutines at once`
		}()
	}
}

func (r *restedBad) Run() { atomic.CompareAndSwapInt32(&r.status, idle, running) }

var Rested = newRestedBad()

type soonBad struct {
	status int32
	counts map[string]int
}

// FN_Run gives the state up before it has done: a goroutine that does is taken to have had it all the time.
func (s *soonBad) FN_Run(k string) {
	if atomic.CompareAndSwapInt32(&s.status, idle, running) {
		go func() {
			atomic.CompareAndSwapInt32(&s.status, running, idle)
			s.counts[k]++
		}()
	}
}
