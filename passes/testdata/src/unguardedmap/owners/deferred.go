package owners

import "sync"

// CollectOk waits in a deferred function.
func CollectOk(in []string) (n int) {
	found := map[string]int{}
	var wg sync.WaitGroup
	defer func() {
		wg.Wait()
		for range found {
			n++
		}
	}()
	wg.Add(1)
	go func() {
		defer wg.Done()
		for _, k := range in {
			found[k]++
		}
	}()
	return 0
}

// CollectBad looks before it has waited.
func CollectBad(in []string) (n int) {
	found := map[string]int{}
	var wg sync.WaitGroup
	defer func() {
		n = len(found)
		wg.Wait()
	}()
	wg.Add(1)
	go func() {
		defer wg.Done()
		for _, k := range in {
			found[k]++ // want `map found is written here and measured at deferred.go:30 with no lock in common`
		}
	}()
	return 0
}

// OneBad hears of one of two.
func OneBad(in []string) (n int) {
	found := map[string]int{}
	done := make(chan bool)
	defer func() {
		<-done
		n = len(found)
	}()
	for range 2 {
		go func() {
			for _, k := range in {
				found[k]++ // want `map found is written here by several goroutines at once|map found is written here and measured`
			}
			done <- true
		}()
	}
	return 0
}
