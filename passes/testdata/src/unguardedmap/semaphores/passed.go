package semaphores

func take(sem chan struct{}) { sem <- struct{}{} }
func give(sem chan struct{}) { <-sem }

// Helpers get the channel as an argument.
func FP_Passed() {
	sem := make(chan struct{}, 1)
	m := map[string]int{}
	for range 3 {
		go func() {
			take(sem)
			m["a"]++ // want `map m is written here by several goroutines at once`
			give(sem)
		}()
	}
}
