// Package happensbefore has one pair for each way in which one goroutine's work comes before another's: what it orders, and what it does not.
package happensbefore

import (
	"os"
	"os/signal"
	"sync"
	"time"
)

// A goroutine that has ended says so to nobody; time that has passed is no order.
func ExitBad() int {
	m := map[string]int{}
	go func() {
		m["a"] = 1 // want `map m is written here and measured at channels.go:\d+ with no lock in common`
	}()
	time.Sleep(time.Second)
	return len(m)
}

// A send on a channel without a buffer is over when it was received.
func RendezvousOk() int {
	m := map[string]int{}
	done := make(chan struct{})
	go func() {
		m["a"] = 1
		<-done
	}()
	done <- struct{}{}
	return len(m)
}

// With a buffer it is over at once.
func BufferedBad() int {
	m := map[string]int{}
	done := make(chan struct{}, 1)
	go func() {
		m["a"] = 1 // want `map m is written here and measured at channels.go:\d+ with no lock in common`
		<-done
	}()
	done <- struct{}{}
	return len(m)
}

// The receiver goes on after it has received.
func RendezvousBad() int {
	m := map[string]int{}
	done := make(chan struct{})
	go func() {
		<-done
		m["a"] = 1 // want `map m is written here and measured at channels.go:\d+ with no lock in common`
	}()
	done <- struct{}{}
	return len(m)
}

// One goroutine has the map, the others ask it.
type actorOk struct {
	asks chan func(map[string]int)
	m    map[string]int
}

func (a *actorOk) Start() { go a.loop() }

func (a *actorOk) loop() {
	for f := range a.asks {
		a.m["asked"]++
		f(a.m)
	}
}

func (a *actorOk) Get(k string) int {
	n := make(chan int)
	a.asks <- func(m map[string]int) { n <- m[k] }
	return <-n
}

type actorBad struct {
	asks chan string
	m    map[string]int
}

func (a *actorBad) Start() { go a.loop() }

func (a *actorBad) loop() {
	for k := range a.asks {
		a.m[k]++ // want `map actorBad.m is written here and read at channels.go:\d+ with no lock in common`
	}
}

func (a *actorBad) Get(k string) int { return a.m[k] }

// In the case that received.
func ChosenOk(quit chan struct{}) int {
	m := map[string]int{}
	done := make(chan struct{})
	go func() {
		defer close(done)
		m["a"] = 1
	}()
	select {
	case <-done:
		return m["a"]
	case <-quit:
	}
	return 0
}

func ChosenBad(quit chan struct{}) int {
	m := map[string]int{}
	done := make(chan struct{})
	go func() {
		defer close(done)
		m["a"] = 1 // want `map m is written here and read at channels.go:\d+ with no lock in common`
	}()
	select {
	case <-done:
	case <-quit:
		return m["a"]
	}
	return 0
}

// Signals come from outside, one after another, to one goroutine.
type reloadOk struct{ conf map[string]int }

func (r *reloadOk) Run() {
	hup := make(chan os.Signal, 1)
	signal.Notify(hup)
	for range hup {
		r.conf["a"]++
	}
}

func StartReloadOk() {
	r := &reloadOk{conf: map[string]int{}}
	r.conf["a"] = 1
	go r.Run()
}

type reloadBad struct{ conf map[string]int }

func (r *reloadBad) run() {
	hup := make(chan os.Signal, 1)
	signal.Notify(hup)
	for range hup {
		r.conf["a"]++ // want `map reloadBad.conf is written here and read at channels.go:\d+ with no lock in common`
	}
}

func StartReloadBad() int {
	r := &reloadBad{conf: map[string]int{}}
	go r.run()
	return r.conf["a"]
}

// A pool: each worker gets jobs, and the results come back to one.
func PoolOk(keys []string) map[string]int {
	jobs, results := make(chan string), make(chan string)
	for range 4 {
		go func() {
			seen := map[string]bool{}
			for k := range jobs {
				seen[k] = true
				results <- k
			}
		}()
	}
	go func() {
		for _, k := range keys {
			jobs <- k
		}
		close(jobs)
	}()
	out := map[string]int{}
	for range keys {
		out[<-results]++
	}
	return out
}

// The workers write what they share.
func PoolBad(keys []string) int {
	jobs := make(chan string)
	out := map[string]int{}
	var wg sync.WaitGroup
	for range 4 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for k := range jobs {
				out[k]++ // want `map out is written here by several goroutines at once with no lock`
			}
		}()
	}
	for _, k := range keys {
		jobs <- k
	}
	close(jobs)
	wg.Wait()
	return len(out)
}

// As many tokens as there are workers: having them all back, nobody works.
func TokensOk(keys []string) int {
	var mu sync.Mutex
	sem := make(chan struct{}, 4)
	out := map[string]int{}
	for _, k := range keys {
		sem <- struct{}{}
		go func() {
			defer func() { <-sem }()
			mu.Lock()
			defer mu.Unlock()
			out[k]++
		}()
	}
	for range cap(sem) {
		sem <- struct{}{}
	}
	return len(out)
}

// One token less.
func TokensBad(keys []string) int {
	var mu sync.Mutex
	sem := make(chan struct{}, 4)
	out := map[string]int{}
	for _, k := range keys {
		sem <- struct{}{}
		go func() {
			defer func() { <-sem }()
			mu.Lock()
			defer mu.Unlock()
			out[k]++ // want `map out is written here and measured at channels.go:\d+ with no lock in common`
		}()
	}
	return len(out)
}
