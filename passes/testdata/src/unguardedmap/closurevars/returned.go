package closurevars

import (
	"context"
	"sync"
)

// What a function has made is filled by its goroutines under a lock of its own, and returned. Its callers have no name for the lock, which keeps the goroutines
// apart all the same.

type oracle struct{}

func (o *oracle) ask(k string, done func(int)) { go done(len(k)) }

func askAllOk(ctx context.Context, o *oracle, keys []string) map[string]int {
	ch := make(chan int)
	found := map[string]int{}
	var mu sync.Mutex
	var wg sync.WaitGroup
	wg.Add(len(keys))
	for _, k := range keys {
		go func() {
			o.ask(k, func(n int) {
				mu.Lock()
				found[k] = n
				mu.Unlock()
				ch <- 1
			})
			select {
			case <-ch:
			case <-ctx.Done():
				return
			}
			wg.Done()
		}()
	}
	all := make(chan struct{}, 1)
	go func() {
		wg.Wait()
		all <- struct{}{}
	}()
	select {
	case <-all:
	case <-ctx.Done():
		return nil
	}
	return found
}

func AskedOk(ctx context.Context, o *oracle, keys []string) int { return len(askAllOk(ctx, o, keys)) }

func askAllBad(ctx context.Context, o *oracle, keys []string) map[string]int {
	ch := make(chan int)
	found := map[string]int{}
	var mu sync.Mutex
	var wg sync.WaitGroup
	wg.Add(len(keys))
	for _, k := range keys {
		go func() {
			o.ask(k, func(n int) {
				mu.Lock()
				mu.Unlock()
				found[k] = n // want `map found is written here by several goroutines at once with no lock`
				ch <- 1
			})
			select {
			case <-ch:
			case <-ctx.Done():
				return
			}
			wg.Done()
		}()
	}
	all := make(chan struct{}, 1)
	go func() {
		wg.Wait()
		all <- struct{}{}
	}()
	select {
	case <-all:
	case <-ctx.Done():
		return nil
	}
	return found
}

func AskedBad(ctx context.Context, o *oracle, keys []string) int { return len(askAllBad(ctx, o, keys)) }

// The map is the caller's, and two calls have two locks.
func fillBad(found map[string]int, keys []string) {
	var mu sync.Mutex
	for _, k := range keys {
		go func() {
			mu.Lock()
			defer mu.Unlock()
			found[k] = 1 // want `map found is written here and written at returned.go:\d+ with no lock in common`
		}()
	}
}

func FillTwiceBad(some, others []string) {
	found := map[string]int{}
	fillBad(found, some)
	fillBad(found, others)
}

// Those of one call have one lock.
func fillOnce(found map[string]int, keys []string) {
	var mu sync.Mutex
	for _, k := range keys {
		go func() {
			mu.Lock()
			defer mu.Unlock()
			found[k] = 1
		}()
	}
}

func FillOnceOk(keys []string) {
	fillOnce(map[string]int{}, keys)
}

// Each turn has another one.
func fillTurn(found map[string]int, keys []string) {
	var mu sync.Mutex
	for _, k := range keys {
		go func() {
			mu.Lock()
			defer mu.Unlock()
			found[k] = 1 // want `map found is written here by several goroutines at once with no lock`
		}()
	}
}

func FillTurnsBad(all [][]string) {
	found := map[string]int{}
	for _, keys := range all {
		fillTurn(found, keys)
	}
}
