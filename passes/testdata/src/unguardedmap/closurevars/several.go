package closurevars

import "sync"

// Functions that a call returns, with a lock that the call has made for them: they are run by several, or they would not want one.

func timesBad() func(kind, k int) {
	var mu sync.Mutex
	times := map[int]int{}
	return func(kind, k int) {
		switch kind {
		case 0:
			times[k] = 1 // want `map times is written here by several goroutines at once with no lock: the callback timesBad.1 is called by several goroutines at once`
		case 1:
			mu.Lock()
			defer mu.Unlock()
			times[k]++
		case 2:
			mu.Lock()
			delete(times, k)
			mu.Unlock()
		}
	}
}

func timesOk() func(kind, k int) {
	var mu sync.Mutex
	times := map[int]int{}
	return func(kind, k int) {
		mu.Lock()
		defer mu.Unlock()
		if kind == 0 {
			times[k] = 1
			return
		}
		delete(times, k)
	}
}

// The lock and the map in one, by a pointer.
func memoBad(ask func(int) int) func(int) int {
	c := &struct {
		sync.RWMutex
		got map[int]int
	}{got: map[int]int{}}
	return func(k int) int {
		c.RLock()
		v, ok := c.got[k]
		c.RUnlock()
		if !ok {
			v = ask(k)
			c.got[k] = v // want `map c.got is written here by several goroutines at once with no lock: the callback memoBad.1 is called`
		}
		return v
	}
}

func memoOk(ask func(int) int) func(int) int {
	c := &struct {
		sync.RWMutex
		got map[int]int
	}{got: map[int]int{}}
	c.got[0] = ask(0) // nobody has the function yet
	return func(k int) int {
		c.RLock()
		v, ok := c.got[k]
		c.RUnlock()
		if !ok {
			v = ask(k)
			c.Lock()
			c.got[k] = v
			c.Unlock()
		}
		return v
	}
}

// A middleware: what it makes is for all functions that it wraps.
func countedBad() func(func(int)) func(int) {
	var mu sync.Mutex
	seen := map[int]int{}
	return func(next func(int)) func(int) {
		return func(k int) {
			mu.Lock()
			n := seen[k]
			mu.Unlock()
			if n < 3 {
				seen[k]++ // want `map seen is written here by several goroutines at once with no lock: the callback countedBad.1.1 is called`
			}
			next(k)
		}
	}
}

// The lock is for goroutines of the function's own, of which it waits for all.
func gatherOk() func([]string) int {
	var mu sync.Mutex
	seen := map[string]int{}
	return func(names []string) int {
		var wg sync.WaitGroup
		for _, n := range names {
			wg.Go(func() {
				mu.Lock()
				defer mu.Unlock()
				seen[n]++
			})
		}
		wg.Wait()
		return len(seen)
	}
}

// Whoever gathers calls the one function, and the other when all is over.
func gathererOk() (add func(string), all func() map[string]int) {
	var mu sync.Mutex
	seen := map[string]int{}
	add = func(n string) {
		mu.Lock()
		defer mu.Unlock()
		seen[n]++
	}
	return add, func() map[string]int {
		seen["all"] = len(seen)
		return seen
	}
}

// A lock of the caller's says nothing of who calls.
func lentOk(mu *sync.Mutex) func(int) int {
	seen := map[int]int{}
	return func(k int) int {
		mu.Lock()
		n := len(seen)
		mu.Unlock()
		seen[k] = n
		return n
	}
}

// The lock goes into an object, too, whose methods take it: there it has another name.
type registry struct {
	mu    *sync.RWMutex
	named map[string]func()
}

func (r *registry) Register(name string, f func()) {
	r.mu.Lock()
	r.named[name] = f
	r.mu.Unlock()
}

func namesOk() (*registry, func() []string) {
	named := map[string]func(){}
	mu := &sync.RWMutex{}
	list := func() []string {
		mu.RLock()
		out := make([]string, 0, len(named))
		for name := range named {
			out = append(out, name)
		}
		mu.RUnlock()
		return out
	}
	r := &registry{mu: mu, named: named}
	return r, list
}
