// Package par runs functions on goroutines, and waits for them.
package par

import "sync"

// Each runs f for each name.
func Each(names []string, f func(name string)) {
	var wg sync.WaitGroup
	for _, n := range names {
		wg.Add(1)
		go func() {
			defer wg.Done()
			f(n)
		}()
	}
	wg.Wait()
}

// All runs the functions.
func All(funcs ...func()) {
	var wg sync.WaitGroup
	for _, f := range funcs {
		wg.Add(1)
		go func() {
			defer wg.Done()
			f()
		}()
	}
	wg.Wait()
}

// Both runs two.
func Both(f, g func()) {
	done := make(chan bool)
	go func() {
		f()
		done <- true
	}()
	go func() {
		g()
		done <- true
	}()
	<-done
	<-done
}

// Once runs f elsewhere, and waits.
func Once(f func()) {
	done := make(chan bool)
	go func() {
		f()
		close(done)
	}()
	<-done
}

// Work has workers take the names.
func Work(names []string, workers int, f func(name string) error) error {
	jobs := make(chan string)
	errs := make(chan error, len(names))
	var wg sync.WaitGroup
	for range workers {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for n := range jobs {
				errs <- f(n)
			}
		}()
	}
	for _, n := range names {
		jobs <- n
	}
	close(jobs)
	wg.Wait()
	return <-errs
}
