package misses

// To send to a parameter and to receive from it is taken for locking; with a channel without a buffer it is taking turns.
func FN_Turns() {
	ch := make(chan int)
	m := map[string]int{}
	go turn(ch, m)
	go turn(ch, m)
}

func turn(ch chan int, m map[string]int) {
	for range 3 {
		ch <- 1
		m["a"]++
		<-ch
	}
}
