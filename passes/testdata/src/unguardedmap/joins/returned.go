package joins

import (
	"context"
	"sync"
	"time"
)

// Who gives up waiting gets the map that the goroutine still writes.
func collectBad(ctx context.Context, in chan string) map[string]int {
	out := map[string]int{}
	done := make(chan struct{})
	go func() {
		defer close(done)
		for s := range in {
			out[s]++ // want `map out is written here and handed out at returned.go:\d+ with no lock in common`
		}
	}()
	select {
	case <-done:
	case <-ctx.Done():
	}
	return out
}

func waitOk(in chan string) map[string]int {
	out := map[string]int{}
	done := make(chan struct{})
	go func() {
		defer close(done)
		for s := range in {
			out[s]++
		}
	}()
	<-done
	return out
}

// Nobody looks at what comes with an error.
func failOk(in chan string) (map[string]int, error) {
	out := map[string]int{}
	done := make(chan struct{})
	go func() {
		defer close(done)
		for s := range in {
			out[s]++
		}
	}()
	select {
	case <-done:
		return out, nil
	case <-time.After(time.Second):
		return out, context.DeadlineExceeded
	}
}

func gatherOk(jobs []string) map[string]int {
	out := map[string]int{}
	var mu sync.Mutex
	var wg sync.WaitGroup
	for _, j := range jobs {
		wg.Add(1)
		go func() {
			defer wg.Done()
			mu.Lock()
			defer mu.Unlock()
			out[j]++
		}()
	}
	wg.Wait()
	return out
}

// What the goroutine has for itself is not what is returned.
func otherOk(in chan string) map[string]int {
	out, own := map[string]int{}, map[string]int{}
	out["a"] = 1
	go func() {
		for s := range in {
			own[s]++
			println(out["a"])
		}
	}()
	return out
}
