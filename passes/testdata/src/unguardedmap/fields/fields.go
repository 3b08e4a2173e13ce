// Package fields puts functions into fields of types that another package declares, and calls on its goroutines.
package fields

import (
	"sync"

	"unguardedmap/fields/jobs"
)

type tallyBad struct {
	pool    *jobs.Pool
	seen    map[int]bool
	asked   map[int]bool
	done    map[int]bool
	started map[int]bool
	idle    map[int]bool
}

func NewTally() *tallyBad {
	t := &tallyBad{seen: map[int]bool{}, asked: map[int]bool{}, done: map[int]bool{}, started: map[int]bool{}, idle: map[int]bool{}}
	t.pool = &jobs.Pool{
		Workers: 3,
		Do: func(task int) {
			t.seen[task] = true // want `map tallyBad.seen is written here by several goroutines at once with no lock: the callback NewTally\$1 is called by several goroutines at once`
		},
		Checks: []func(int) bool{func(task int) bool {
			t.asked[task] = true // want `map tallyBad.asked is written here by several goroutines at once with no lock`
			return true
		}},
		Done: func(task int) {
			t.done[task] = true // under the pool's lock
		},
		Started: func() {
			t.started[0] = true
		},
	}
	t.pool.Idle = t.rest
	return t
}

// One goroutine does it, one after another.
func (t *tallyBad) rest() { t.idle[len(t.idle)] = true }

// What one goroutine writes others read.
type restingBad struct {
	pool *jobs.Pool
	idle map[int]bool
}

func NewResting() *restingBad {
	r := &restingBad{pool: &jobs.Pool{}, idle: map[int]bool{}}
	r.pool.Idle = func() {
		r.idle[len(r.idle)] = true // want `map restingBad.idle is written here and measured at .*fields.go:\d+ with no lock in common`
	}
	return r
}

func (r *restingBad) Count() int { return len(r.idle) }

type configuredBad struct{ events map[int]int }

func NewConfigured() *configuredBad {
	c := &configuredBad{events: map[int]int{}}
	jobs.New(jobs.Config{OnEvent: c.on})
	return c
}

func (c *configuredBad) on(event int) {
	c.events[event]++ // want `map configuredBad.events is written here by several goroutines at once with no lock`
}

// A function that a call returns.
type returnedBad struct{ seen map[int]bool }

func (r *returnedBad) doer() func(int) {
	return func(task int) {
		r.seen[task] = true // want `map returnedBad.seen is written here by several goroutines at once with no lock`
	}
}

func NewReturned(pool *jobs.Pool) *returnedBad {
	r := &returnedBad{map[int]bool{}}
	pool.Do = r.doer()
	return r
}

type guardedOk struct {
	mu   sync.Mutex
	seen map[int]bool
}

func NewGuarded(pool *jobs.Pool) *guardedOk {
	g := &guardedOk{seen: map[int]bool{}}
	pool.Do = func(task int) {
		g.mu.Lock()
		defer g.mu.Unlock()
		g.seen[task] = true
	}
	return g
}

// What a function makes for itself is its own.
func CountOk(pool *jobs.Pool) {
	pool.Do = func(task int) {
		digits := map[int]int{}
		for ; task > 0; task /= 10 {
			digits[task%10]++
		}
	}
}

// What is ready before the pool gets it is only read.
func LookUpOk(pool *jobs.Pool) {
	known := map[int]bool{}
	for i := range 10 {
		known[i] = true
	}
	pool.Do = func(task int) {
		if known[task] {
			pool.Close()
		}
	}
}

// A function that a type of the other package dresses as the interface of the field.
type dressedBad struct {
	crew jobs.Crew
	seen map[int]bool
}

func NewDressed() *dressedBad {
	d := &dressedBad{seen: map[int]bool{}}
	d.crew.Worker = jobs.WorkerFunc(func(task int) {
		d.seen[task] = true // want `map dressedBad.seen is written here by several goroutines at once with no lock: the callback NewDressed\$1 is called by several goroutines at once`
	})
	return d
}

// A dress that locks.
type lockedOk struct {
	crew jobs.Crew
	seen map[int]bool
}

func NewLocked() *lockedOk {
	l := &lockedOk{seen: map[int]bool{}}
	l.crew.Worker = jobs.LockedFunc(func(task int) {
		l.seen[task] = true
	})
	return l
}
