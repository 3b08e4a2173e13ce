// Package gathered hands functions to helpers that run them on goroutines and wait for those.
package gathered

import (
	"sync"
	"sync/atomic"
	"testing"

	"unguardedmap/gathered/par"
)

func eachBad(names []string) map[string]int {
	m := map[string]int{}
	par.Each(names, func(n string) {
		m[n] = len(n) // want `map m is written here by several goroutines at once with no lock`
	})
	return m
}

func eachOk(names []string) map[string]int {
	var mu sync.Mutex
	m := map[string]int{}
	par.Each(names, func(n string) {
		mu.Lock()
		defer mu.Unlock()
		m[n] = len(n)
	})
	m["all"] = len(m)
	return m
}

func workBad(names []string) map[string]int {
	m := map[string]int{}
	par.Work(names, 4, func(n string) error {
		m[n] = len(n) // want `map m is written here by several goroutines at once with no lock`
		return nil
	})
	return m
}

func allBad() map[string]int {
	m := map[string]int{}
	par.All(
		func() { m["a"] = 1 }, // want `map m is written here and written at`
		func() { m["b"] = 2 },
	)
	return m
}

func allOk() (a, b map[string]int) {
	a, b = map[string]int{}, map[string]int{}
	par.All(
		func() { a["a"] = 1 },
		func() { b["b"] = 2 },
	)
	a["b"] = len(b)
	return a, b
}

func bothBad() map[string]int {
	m := map[string]int{}
	par.Both(
		func() { m["a"] = 1 }, // want `map m is written here and read at`
		func() { println(m["a"]) },
	)
	return m
}

func onceOk() map[string]int {
	m := map[string]int{}
	par.Once(func() { m["a"] = 1 })
	m["b"] = 2
	par.Once(func() { m["c"] = 3 })
	return m
}

type item struct {
	name   string
	counts map[string]int
}

func eachItem(items []*item, f func(it *item, i int)) {
	var wg sync.WaitGroup
	for i, it := range items {
		wg.Add(1)
		go func(it *item) {
			defer wg.Done()
			f(it, i)
		}(it)
	}
	wg.Wait()
}

// Each goroutine has an item.
func itemsOk(items []*item) {
	eachItem(items, func(it *item, i int) {
		it.counts[it.name] = i
		fill(it)
	})
}

func fill(it *item) { it.counts["filled"] = 1 }

// Each goroutine has the element with its number.
func numberOk(items []*item) []map[string]int {
	out := make([]map[string]int, len(items))
	eachItem(items, func(it *item, i int) {
		out[i] = map[string]int{}
		out[i][it.name] = i
	})
	return out
}

func takeItems(items []*item, workers int, f func(it *item)) {
	var next atomic.Int64
	var wg sync.WaitGroup
	for range workers {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for {
				i := int(next.Add(1)) - 1
				if i >= len(items) {
					return
				}
				f(items[i])
			}
		}()
	}
	wg.Wait()
}

// Each worker takes the next.
func takenOk(items []*item) {
	takeItems(items, 4, func(it *item) { it.counts[it.name] = 1 })
}

func sharedBad(items []*item, all *item) {
	eachItem(items, func(it *item, i int) {
		all.counts[it.name] = i // want `map item.counts is written here by several goroutines at once with no lock`
	})
}

// A helper between.
func eachOdd(names []string, f func(string)) {
	par.Each(names, func(n string) {
		if len(n)%2 == 1 {
			f(n)
		}
	})
}

func oddBad(names []string) map[string]int {
	m := map[string]int{}
	eachOdd(names, func(n string) {
		m[n] = len(n) // want `map m is written here by several goroutines at once with no lock`
	})
	return m
}

func oddOk(names []string) int {
	m := map[string]int{}
	var mu sync.Mutex
	total := 0
	eachOdd(names, func(n string) {
		own := map[string]int{}
		own[n] = len(n)
		mu.Lock()
		total += own[n]
		mu.Unlock()
	})
	m["total"] = total
	return m["total"]
}

func inTurn(names []string, f func(string)) {
	for _, n := range names {
		done := make(chan bool)
		go func() {
			f(n)
			close(done)
		}()
		<-done
	}
}

func inTurnOk(names []string) map[string]int {
	m := map[string]int{}
	inTurn(names, func(n string) { m[n] = len(n) })
	return m
}

func convert[T, R any](in []T, f func(T) R) []R {
	out := make([]R, len(in))
	var wg sync.WaitGroup
	for i, v := range in {
		wg.Add(1)
		go func() {
			defer wg.Done()
			out[i] = f(v)
		}()
	}
	wg.Wait()
	return out
}

func convertBad(names []string) []int {
	cache := map[string]int{}
	return convert(names, func(n string) int {
		if l, ok := cache[n]; ok {
			return l
		}
		cache[n] = len(n) // want `map cache is written here by several goroutines at once with no lock`
		return len(n)
	})
}

// A list of functions that are started, and not waited for.
func startAll(funcs ...func()) {
	for _, f := range funcs {
		go f()
	}
}

func startedBad() {
	m := map[string]int{}
	startAll(
		func() { m["a"] = 1 }, // want `map m is written here and written at`
		func() { m["b"] = 2 },
	)
}

func startedOk() {
	a, b := map[string]int{}, map[string]int{}
	startAll(
		func() { a["a"] = 1 },
		func() { b["b"] = 2 },
	)
}

type floodCase struct {
	name  string
	flood func(counts map[string]int)
}

// One goroutine runs one of the functions, and the next one comes when it is over.
func choiceOk(t *testing.T) {
	tests := []floodCase{
		{"a", func(counts map[string]int) { counts["a"] = 1 }},
		{"b", func(counts map[string]int) { counts["b"] = 1 }},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			counts := map[string]int{}
			done := make(chan bool)
			go func() {
				defer close(done)
				test.flood(counts)
			}()
			<-done
			println(len(counts))
		})
	}
}
