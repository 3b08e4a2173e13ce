package aliases

import "sync"

// The copy of an array shares its maps.
func add(m [2]map[string]int) {
	m[1]["a"]++ // want `map m is written here and read at arrays.go:\d+ with no lock in common`
}

func ArrayBad() {
	var m [2]map[string]int
	m[1] = map[string]int{}
	var wg sync.WaitGroup
	wg.Go(func() { add(m) })
	wg.Go(func() { add(m) })
	wg.Wait()
}

// An element that is set to another map first is the copy's own.
func addFresh(m [2]map[string]int) {
	m[1] = map[string]int{}
	m[1]["a"]++
}

func ArrayOk() {
	var m [2]map[string]int
	var wg sync.WaitGroup
	wg.Go(func() { addFresh(m) })
	wg.Go(func() { addFresh(m) })
	wg.Wait()
}
