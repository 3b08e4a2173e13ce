package joins

import "sync"

// rpc is filled by a goroutine that says so and then goes on with something else, and is read by another one that was started after that.
type rpc struct{ funcs map[string]int }

// FP_Call waits by one WaitGroup for the one and for the other.
func FP_Call(in chan int) {
	r := &rpc{funcs: map[string]int{}}
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		r.funcs["add"] = 1 // want `map rpc.funcs is written here and read at goeson.go:24 with no lock in common`
		wg.Done()
		for {
			println(<-in)
		}
	}()
	wg.Wait()
	wg.Add(1)
	go func() {
		defer wg.Done()
		println(r.funcs["add"])
	}()
	wg.Wait()
}

// CallOk has one for each.
func CallOk(in chan int) {
	r := &rpc{funcs: map[string]int{}}
	var ready, over sync.WaitGroup
	ready.Add(1)
	go func() {
		r.funcs["sub"] = 1
		ready.Done()
		for {
			println(<-in)
		}
	}()
	ready.Wait()
	over.Add(1)
	go func() {
		defer over.Done()
		println(r.funcs["sub"])
	}()
	over.Wait()
}
