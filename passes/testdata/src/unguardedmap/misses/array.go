package misses

import "sync"

// The copy of an array shares its maps.
func add(m [2]map[string]int) { m[1]["a"]++ }

func FN_Array() {
	var m [2]map[string]int
	m[1] = map[string]int{}
	var wg sync.WaitGroup
	wg.Go(func() { add(m) })
	wg.Go(func() { add(m) })
	wg.Wait()
}
