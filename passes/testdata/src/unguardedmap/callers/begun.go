package callers

import (
	"sync"
	"time"
)

// LotOk has a worker from the moment it is made on. Its map is guarded by the lock of the yard; ClearOk is exported by habit, since whoever calls it here locks that.
type LotOk struct {
	cars map[int]string
}

type YardOk struct {
	mu   sync.Mutex
	lots map[string]*LotOk
}

func (y *YardOk) Open(name string) *LotOk {
	l := &LotOk{cars: map[int]string{}}
	y.mu.Lock()
	y.lots[name] = l
	y.mu.Unlock()
	go l.serve(y)
	return l
}

func (l *LotOk) serve(y *YardOk) {
	for n := 0; ; n++ {
		time.Sleep(time.Second)
		y.park(l, n)
	}
}

func (y *YardOk) park(l *LotOk, n int) {
	y.mu.Lock()
	defer y.mu.Unlock()
	for k := range l.cars {
		if k == n {
			return
		}
	}
	l.cars[n] = "parked"
}

func (l *LotOk) ClearOk() {
	for k := range l.cars {
		delete(l.cars, k)
	}
}

func (y *YardOk) Close() {
	y.mu.Lock()
	defer y.mu.Unlock()
	for _, l := range y.lots {
		l.ClearOk()
	}
}

type LotBad struct {
	cars map[int]string
}

type YardBad struct {
	mu   sync.Mutex
	lots map[string]*LotBad
}

func (y *YardBad) Open(name string) *LotBad {
	l := &LotBad{cars: map[int]string{}}
	y.mu.Lock()
	y.lots[name] = l
	y.mu.Unlock()
	go l.serve(y)
	return l
}

func (l *LotBad) serve(y *YardBad) {
	for n := 0; ; n++ {
		time.Sleep(time.Second)
		y.park(l, n)
	}
}

func (y *YardBad) park(l *LotBad, n int) {
	y.mu.Lock()
	defer y.mu.Unlock()
	for k := range l.cars {
		if k == n {
			return
		}
	}
	l.cars[n] = "parked" // want `map LotBad.cars is written here and iterated at begun.go:\d+ with no lock in common`
}

// ClearBad is called with the lock held, and without it.
func (l *LotBad) ClearBad() {
	for k := range l.cars {
		delete(l.cars, k)
	}
}

func (y *YardBad) Close() {
	y.mu.Lock()
	defer y.mu.Unlock()
	for _, l := range y.lots {
		l.ClearBad()
	}
}

func (y *YardBad) Reset(l *LotBad) { l.ClearBad() }
