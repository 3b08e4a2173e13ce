package joins

import "sync"

// A worker tells of each item, too, before it is done with it.
func tellEachOk(told chan<- string, items []string) int {
	var wg sync.WaitGroup
	var mu sync.Mutex
	sizes := map[string]int{}
	jobs := make(chan string)
	one := func(s string) {
		defer wg.Done()
		mu.Lock()
		sizes[s] = len(s)
		mu.Unlock()
		told <- s
	}
	for range 4 {
		go func() {
			for s := range jobs {
				one(s)
			}
		}()
	}
	for _, s := range items {
		wg.Add(1)
		jobs <- s
	}
	close(jobs)
	wg.Wait()
	n := 0
	for _, size := range sizes {
		n += size
	}
	return n
}

// Nobody waits for what a worker does after it has said that it is done.
func tellEachBad(told chan<- string, items []string) int {
	var wg sync.WaitGroup
	sizes := map[string]int{}
	jobs := make(chan string)
	one := func(s string) {
		wg.Done()
		told <- s
		sizes[s] = len(s) // want `map sizes is written here`
	}
	go func() {
		for s := range jobs {
			one(s)
		}
	}()
	for _, s := range items {
		wg.Add(1)
		jobs <- s
	}
	wg.Wait()
	n := 0
	for _, size := range sizes {
		n += size
	}
	return n
}

var (
	_ = tellEachOk
	_ = tellEachBad
)
