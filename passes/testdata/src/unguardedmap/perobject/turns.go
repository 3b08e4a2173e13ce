package perobject

import "sync"

// Each turn has an element of its own. What it does itself, it does instead of starting a goroutine, or before.
func turnsOk(items []map[string]int) []map[string]int {
	out := make([]map[string]int, len(items))
	var wg sync.WaitGroup
	for i, item := range items {
		if item == nil {
			out[i] = map[string]int{}
			continue
		}
		if len(item) == 1 {
			out[i] = double(item)
		} else {
			item["seen"] = 1
			wg.Go(func() { out[i] = double(item) })
		}
	}
	wg.Wait()
	return out
}

func double(m map[string]int) map[string]int {
	for k := range m {
		m[k] *= 2
	}
	delete(m, "")
	return m
}

type cell struct{ m map[string]int }

func cellsOk(cells []*cell) {
	var wg sync.WaitGroup
	for i := range cells {
		cells[i].m["a"] = 1
		wg.Add(1)
		go func(i int) {
			defer wg.Done()
			cells[i].m["b"] = 2
		}(i)
	}
	wg.Wait()
}

// The goroutine of this turn is running already.
func afterBad(items []map[string]int) {
	var wg sync.WaitGroup
	for _, item := range items {
		wg.Go(func() { item["a"] = 1 }) // want `is written here and written`
		item["b"] = 2
	}
	wg.Wait()
}

// It is another element.
func nextBad(cells []map[string]int) {
	var wg sync.WaitGroup
	for i := range cells {
		cells[(i+1)%len(cells)]["a"] = 1
		wg.Go(func() {
			cells[i]["b"] = 2 // want `is written here and written`
		})
	}
	wg.Wait()
}

// All goroutines have all elements.
func allBad(cells []map[string]int) {
	var wg sync.WaitGroup
	for i := range cells {
		cells[i]["a"] = 1 // want `written here and measured`
		wg.Go(func() {
			for _, c := range cells {
				_ = len(c)
			}
		})
	}
	wg.Wait()
}

// After the loop there are no turns.
func overBad(cells []map[string]int) int {
	var wg sync.WaitGroup
	for i := range cells {
		wg.Go(func() {
			cells[i]["b"] = 2 // want `is written here and measured`
		})
	}
	n := 0
	for i := range cells {
		n += len(cells[i])
	}
	wg.Wait()
	return n
}

func beforeAndAfterBad(items []map[string]int) {
	for _, item := range items {
		double(item)
		go func() { item["a"] = 1 }() // want `is written here and (iterated|written|read|deleted)`
		double(item)
	}
}
