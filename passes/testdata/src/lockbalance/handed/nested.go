package handed

import "sync"

type source struct {
	open func() <-chan int
}

// A goroutine of a function that is handed on gives the lock up, for which the second Lock waits.
func nestedOk(use func(source)) {
	var done sync.Mutex
	done.Lock()
	use(source{open: func() <-chan int {
		out := make(chan int)
		go func() {
			defer done.Unlock()
			defer close(out)
			out <- 1
		}()
		return out
	}})
	done.Lock()
	use(source{})
	done.Unlock()
}

// Nobody gives this one up: the goroutine has a lock of its own.
func nestedBad(use func(source)) {
	var done, other sync.Mutex
	done.Lock()
	use(source{open: func() <-chan int {
		out := make(chan int)
		other.Lock()
		go func() {
			defer other.Unlock()
			out <- 1
		}()
		return out
	}})
	done.Lock() // want `done is locked while it is held since line 30`
	done.Unlock()
}
