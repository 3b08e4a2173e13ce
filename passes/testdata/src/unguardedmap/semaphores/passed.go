package semaphores

func take(sem chan struct{}) { sem <- struct{}{} }
func give(sem chan struct{}) { <-sem }

// Helpers get the channel as an argument.
func PassedOk() {
	sem := make(chan struct{}, 1)
	m := map[string]int{}
	for range 3 {
		go func() {
			take(sem)
			m["a"]++
			give(sem)
		}()
	}
}

func PassedBad() {
	sem := make(chan struct{}, 1)
	m := map[string]int{}
	for range 3 {
		go func() {
			take(sem)
			give(sem)
			m["a"]++ // want `map m is written here by several goroutines at once`
		}()
	}
}

func takeOne(sem chan struct{}) { sem <- struct{}{} }
func giveOne(sem chan struct{}) { <-sem }

// Two at once, whoever takes.
func PassedTwoBad() {
	sem := make(chan struct{}, 2)
	m := map[string]int{}
	for range 3 {
		go func() {
			takeOne(sem)
			m["a"]++ // want `map m is written here by several goroutines at once`
			giveOne(sem)
		}()
	}
}

// A channel without a buffer, to which one function sends and from which it receives, is for taking turns.
func TurnsBad() {
	ch := make(chan int)
	m := map[string]int{}
	go turn(ch, m)
	go turn(ch, m)
}

func turn(ch chan int, m map[string]int) {
	for range 3 {
		ch <- 1
		m["a"]++ // want `map m is written here and read at passed.go:\d+ with no lock in common`
		<-ch
	}
}
