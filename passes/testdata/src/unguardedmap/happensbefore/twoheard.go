package happensbefore

import (
	"sync"
	"sync/atomic"
)

// Two goroutines of one function, of which one waits for the other by a variable of that function.

func ClosedOk(load func() string, out chan<- string) {
	done := make(chan struct{})
	m := map[string]string{}
	go func() {
		defer close(done)
		m["a"] = load()
	}()
	go func() {
		<-done
		out <- m["a"]
	}()
}

func ClosedEarlyBad(load func() string, out chan<- string) {
	done := make(chan struct{})
	m := map[string]string{}
	go func() {
		close(done)
		m["a"] = load() // want `map m is written here and read at twoheard.go:\d+ with no lock in common`
	}()
	go func() {
		<-done
		out <- m["a"]
	}()
}

func OtherClosedBad(load func() string, out chan<- string) {
	done, other := make(chan struct{}), make(chan struct{})
	m := map[string]string{}
	go func() {
		defer close(done)
		m["a"] = load() // want `map m is written here and read at twoheard.go:\d+ with no lock in common`
	}()
	go func() {
		<-other
		out <- m["a"]
	}()
	close(other)
}

func SentOnceOk(load func() string, out chan<- string) {
	loaded := make(chan error, 1)
	m := map[string]string{}
	go func() {
		m["a"] = load()
		loaded <- nil
	}()
	go func() {
		if <-loaded == nil {
			out <- m["a"]
		}
	}()
}

func OneOfManyBad(load func() string, keys []string, out chan<- string) {
	loaded := make(chan error, 1)
	m := map[string]string{}
	for _, k := range keys {
		go func() {
			m[k] = load() // want `map m is written here by several goroutines at once with no lock`
			loaded <- nil
		}()
	}
	go func() {
		<-loaded
		out <- m["a"]
	}()
}

func EachSentBad(load func() string, keys []string, out chan<- string) {
	loaded := make(chan string)
	m := map[string]string{}
	go func() {
		for _, k := range keys {
			m[k] = load() // want `map m is written here and read at twoheard.go:\d+ with no lock in common`
			loaded <- k
		}
		close(loaded)
	}()
	go func() {
		for k := range loaded {
			out <- m[k]
		}
	}()
}

func GroupOk(load func() string, keys []string, out chan<- int) {
	var wg sync.WaitGroup
	var mu sync.Mutex
	m := map[string]string{}
	for _, k := range keys {
		wg.Add(1)
		go func() {
			defer wg.Done()
			v := load()
			mu.Lock()
			defer mu.Unlock()
			m[k] = v
		}()
	}
	go func() {
		wg.Wait()
		out <- len(m)
	}()
}

func OtherGroupBad(load func() string, out chan<- int) {
	var wg, other sync.WaitGroup
	m := map[string]string{}
	wg.Go(func() {
		m["a"] = load() // want `map m is written here and measured at twoheard.go:\d+ with no lock in common`
	})
	go func() {
		other.Wait()
		out <- len(m)
	}()
}

func FlagOk(load func() string, out chan<- string) {
	var ready atomic.Bool
	m := map[string]string{}
	go func() {
		m["a"] = load()
		ready.Store(true)
	}()
	go func() {
		if ready.Load() {
			out <- m["a"]
		}
	}()
}

func FlagEarlyBad(load func() string, out chan<- string) {
	var ready atomic.Bool
	m := map[string]string{}
	go func() {
		ready.Store(true)
		m["a"] = load() // want `map m is written here and read at twoheard.go:\d+ with no lock in common`
	}()
	go func() {
		if ready.Load() {
			out <- m["a"]
		}
	}()
}
