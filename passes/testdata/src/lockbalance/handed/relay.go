package handed

import "sync"

// A goroutine gives a lock up that it does not hold, and takes it back: whoever waits for it comes in between.
func relayOk(steps int, run func(int)) {
	var mu sync.Mutex
	mu.Lock()
	done := make(chan bool)
	go func() {
		for {
			run(0)
			mu.Unlock()
			mu.Lock()
			select {
			case done <- true:
				return
			default:
			}
		}
	}()
	for i := range steps {
		mu.Lock()
		run(i)
		mu.Unlock()
	}
	<-done
}

// The goroutine gives up only what it took.
func relayBad(steps int, run func(int)) {
	var mu sync.Mutex
	mu.Lock()
	done := make(chan bool)
	go func() {
		for {
			mu.Lock()
			run(0)
			mu.Unlock()
			select {
			case done <- true:
				return
			default:
			}
		}
	}()
	for i := range steps {
		mu.Lock() // want `mu is locked while it is held since line \d+`
		run(i)
		mu.Unlock()
	}
	<-done
}
