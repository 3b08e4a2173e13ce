package given

import "sync"

// A helper that starts a goroutine on what it is given, the lock by itself: whether others hold that lock only the caller knows.

type roll struct{ inner struct{ peers map[string]int } }

func launchOk(r *roll, mu *sync.Mutex) {
	go func() {
		mu.Lock()
		r.inner.peers["b"]++
		mu.Unlock()
	}()
}

func callOk() int {
	mu := new(sync.Mutex)
	r := new(roll)
	r.inner.peers = map[string]int{}
	for range 3 {
		launchOk(r, mu)
	}
	mu.Lock()
	defer mu.Unlock()
	return r.inner.peers["a"]
}

type scroll struct{ inner struct{ peers map[string]int } }

func launchBad(r *scroll, mu *sync.Mutex) {
	go func() {
		mu.Lock()
		r.inner.peers["b"]++ // want `map scroll.inner.peers is written here and read at launch.go:\d+ with no lock in common`
		mu.Unlock()
	}()
}

func callBad() int {
	mu, other := new(sync.Mutex), new(sync.Mutex)
	r := new(scroll)
	r.inner.peers = map[string]int{}
	launchBad(r, mu)
	other.Lock()
	defer other.Unlock()
	return r.inner.peers["a"]
}
