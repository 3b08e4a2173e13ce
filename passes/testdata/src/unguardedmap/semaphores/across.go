package semaphores

// Whoever starts a goroutine takes the only place for it, and the goroutine gives it up.
func FP_Across(n int) {
	sem := make(chan struct{}, 1)
	m := map[int]int{}
	for i := range n {
		sem <- struct{}{}
		go func() {
			defer func() { <-sem }()
			m[i]++ // want `map m is written here by several goroutines at once with no lock`
		}()
	}
}
