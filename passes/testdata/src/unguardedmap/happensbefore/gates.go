package happensbefore

// GateOk opens the gate at which its goroutine waits when it has done with the map.
func GateOk() {
	m := map[string]int{}
	open := make(chan struct{})
	go func() {
		<-open
		m["a"]++
	}()
	m["b"]++
	close(open)
}

// GateBad goes on after that.
func GateBad(n int) {
	m := map[string]int{}
	open := make(chan int)
	go func() {
		<-open
		m["a"]++ // want `map m is written here and read at`
	}()
	for range n {
		m["b"]++
		open <- 1
	}
}

// AskedBad lets others open it.
func AskedBad(ask func(chan struct{})) {
	m := map[string]int{}
	open := make(chan struct{})
	go func() {
		<-open
		m["a"]++ // want `map m is written here and read at`
	}()
	ask(open)
	m["b"]++
	close(open)
}

func onStop(f func()) chan struct{} {
	stop := make(chan struct{})
	go func() {
		<-stop
		f()
	}()
	return stop
}

// SuppliedBad goes on beside the function, which runs after a receive.
func SuppliedBad() {
	m := map[string]int{}
	stop := onStop(func() { m["a"]++ }) // want `map m is written here and read at gates.go:\d+ with no lock in common`
	close(stop)
	m["b"]++
}
