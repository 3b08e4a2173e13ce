package closurevars

import "sync"

func CapturedOk() {
	var once sync.Once
	m := map[string]int{}
	load := func() { once.Do(func() { m["a"] = 1 }) }
	var wg sync.WaitGroup
	for range 3 {
		wg.Go(func() {
			load()
			_ = m["a"]
		})
	}
	wg.Wait()
}

func InPlaceOk() {
	var once sync.Once
	m := map[string]int{}
	var wg sync.WaitGroup
	for range 3 {
		wg.Go(func() {
			once.Do(func() { m["a"] = 1 })
			_ = m["a"]
		})
	}
	wg.Wait()
}
