// Package semaphores has channels of capacity 1 that serve as locks, and such that don't.
package semaphores

import "sync"

type hub struct {
	sem  chan struct{}
	data map[string]int
}

func newHub() *hub { return &hub{sem: make(chan struct{}, 1), data: map[string]int{}} }

func FieldOk() {
	h := newHub()
	var wg sync.WaitGroup
	for range 3 {
		wg.Go(func() {
			h.sem <- struct{}{}
			defer func() { <-h.sem }()
			h.data["a"]++
		})
	}
	wg.Wait()
}

func CapturedOk() {
	sem := make(chan struct{}, 1)
	m := map[string]int{}
	var wg sync.WaitGroup
	for range 3 {
		wg.Go(func() {
			sem <- struct{}{}
			m["a"]++
			<-sem
		})
	}
	wg.Wait()
}

// CapacityBad: two at once.
func CapacityBad() {
	sem := make(chan struct{}, 2)
	m := map[string]int{}
	var wg sync.WaitGroup
	for range 3 {
		wg.Go(func() {
			sem <- struct{}{}
			m["a"]++ // want `map m is written here by several goroutines at once`
			<-sem
		})
	}
	wg.Wait()
}

// The channel is filled where it is made: who takes the element out holds the lock.
type filled struct {
	token chan struct{}
	data  map[string]int
}

func newFilled() *filled {
	f := &filled{data: map[string]int{}}
	f.token = make(chan struct{}, 1)
	f.token <- struct{}{}
	return f
}

func FilledOk() {
	f := newFilled()
	for range 3 {
		go func() {
			<-f.token
			f.data["a"]++
			f.token <- struct{}{}
		}()
	}
}

// Helpers take it and give it back.
type helped struct {
	sem  chan struct{}
	data map[string]int
}

func NewHelped() *helped { return &helped{sem: make(chan struct{}, 1), data: map[string]int{}} }

func (h *helped) lock()   { h.sem <- struct{}{} }
func (h *helped) unlock() { <-h.sem }

func (h *helped) PutOk(k string) {
	h.lock()
	defer h.unlock()
	h.data[k]++
}

func (h *helped) LenBad() int {
	return len(h.data) // want `map helped.data is measured without helped.sem`
}

// One goroutine sends, the other receives: the channel tells of an event and excludes nobody.
func EventBad() {
	events := make(chan struct{}, 1)
	m := map[string]int{}
	go func() {
		for range 3 {
			m["a"]++ // want `map m is written here and read at`
			events <- struct{}{}
		}
	}()
	for range 3 {
		<-events
		m["b"]++
	}
}

// A channel in a local variable, which its maker takes as its goroutine does.
func localOk(in chan string) int {
	seen := map[string]int{}
	sem := make(chan struct{}, 1)
	go func() {
		for k := range in {
			sem <- struct{}{}
			seen[k]++
			<-sem
		}
	}()
	sem <- struct{}{}
	defer func() { <-sem }()
	return len(seen)
}

func localBad(in chan string) int {
	seen := map[string]int{}
	sem := make(chan struct{}, 1)
	go func() {
		for k := range in {
			sem <- struct{}{}
			seen[k]++ // want `map seen is written here and measured at semaphores.go:\d+ with no lock in common`
			<-sem
		}
	}()
	sem <- struct{}{}
	<-sem
	return len(seen)
}

// Filled before anybody has it, it is taken by a receive.
func filledOk(in chan string) int {
	seen := map[string]int{}
	sem := make(chan struct{}, 1)
	sem <- struct{}{}
	go func() {
		for k := range in {
			<-sem
			seen[k]++
			sem <- struct{}{}
		}
	}()
	<-sem
	defer func() { sem <- struct{}{} }()
	return len(seen)
}
