package gathered

import "sync"

// walk calls visit on several goroutines, under a lock of the call's own.
func walk(names []string, visit func(string) bool) {
	var mu sync.Mutex
	var wg sync.WaitGroup
	feed := make(chan string)
	for range 4 {
		wg.Go(func() {
			for name := range feed {
				mu.Lock()
				ok := visit(name)
				mu.Unlock()
				if !ok {
					return
				}
			}
		})
	}
	for _, name := range names {
		feed <- name
	}
	close(feed)
	wg.Wait()
}

func CountOk(names []string) map[string]int {
	seen := map[string]int{}
	walk(names, func(name string) bool {
		seen[name]++
		return true
	})
	return seen
}

// walkThrough hands its function on.
func walkThrough(names []string, visit func(string)) {
	walk(names, func(name string) bool {
		visit(name)
		return true
	})
}

func CountThroughOk(names []string) map[string]int {
	seen := map[string]int{}
	walkThrough(names, func(name string) { seen[name]++ })
	return seen
}

// stride has a lock for each goroutine, which keeps nobody out.
func stride(names []string, visit func(string)) {
	var wg sync.WaitGroup
	for _, name := range names {
		wg.Go(func() {
			var mu sync.Mutex
			mu.Lock()
			visit(name)
			mu.Unlock()
		})
	}
	wg.Wait()
}

func CountBad(names []string) map[string]int {
	seen := map[string]int{}
	stride(names, func(name string) {
		seen[name]++ // want `map seen is written here by several goroutines at once with no lock`
	})
	return seen
}

// stroll reads under the lock only.
func stroll(names []string, visit func(string)) {
	var mu sync.RWMutex
	var wg sync.WaitGroup
	for _, name := range names {
		wg.Go(func() {
			mu.RLock()
			visit(name)
			mu.RUnlock()
		})
	}
	wg.Wait()
}

func StrollBad(names []string) map[string]int {
	seen := map[string]int{}
	stroll(names, func(name string) {
		seen[name]++ // want `map seen is written here by several goroutines at once with no lock`
	})
	return seen
}
