// Package bodies has function literals that others call again and again before they return: bodies of loops, from which goroutines are started.
package bodies

import (
	"io/fs"
	"path/filepath"
	"sync"

	"unguardedmap/bodies/lists"
)

func walk() {
	var wg sync.WaitGroup
	sizes := map[string]int64{}
	filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		wg.Go(func() {
			sizes[path]++ // want `map sizes is written here by several goroutines at once with no lock: the goroutine walk\$1\$1 starts at bodies.go:\d+, again while it is running`
		})
		return nil
	})
	wg.Wait()
}

func rangeMap(all *sync.Map) {
	var wg sync.WaitGroup
	seen := map[any]bool{}
	all.Range(func(k, _ any) bool {
		wg.Go(func() {
			seen[k] = true // want `map seen is written here by several goroutines at once with no lock`
		})
		return true
	})
	wg.Wait()
}

// each calls in a loop, eachTwice hands on, and tree calls itself.
func each(n int, f func(int)) {
	for i := range n {
		f(i)
	}
}

func eachTwice(n int, f func(int)) { each(2*n, f) }

type tree struct{ kids []*tree }

func (t *tree) walk(f func(*tree)) {
	f(t)
	for _, kid := range t.kids {
		kid.walk(f)
	}
}

func count() {
	var wg sync.WaitGroup
	squares := map[int]int{}
	each(3, func(i int) {
		wg.Go(func() {
			squares[i] = i * i // want `map squares is written here by several goroutines at once with no lock`
		})
	})
	cubes := map[int]int{}
	eachTwice(3, func(i int) {
		wg.Go(func() {
			cubes[i] = i * i * i // want `map cubes is written here by several goroutines at once with no lock`
		})
	})
	wg.Wait()
}

func climb(t *tree) {
	var wg sync.WaitGroup
	seen := map[*tree]bool{}
	t.walk(func(t *tree) {
		wg.Go(func() {
			seen[t] = true // want `map seen is written here by several goroutines at once with no lock`
		})
	})
	wg.Wait()
}

// Another package's.
func countAbroad() {
	var wg sync.WaitGroup
	m := map[int]int{}
	lists.Each(3, func(i int) {
		wg.Go(func() {
			m[i]++ // want `map m is written here by several goroutines at once with no lock`
		})
	})
	wg.Wait()
}

func onceAbroadOk() {
	var wg sync.WaitGroup
	m := map[int]int{}
	lists.Once(func(i int) { wg.Go(func() { m[i]++ }) })
	wg.Wait()
	println(m[1])
}

// once calls once.
func once(f func(int)) { f(1) }

func onceOk() {
	var wg sync.WaitGroup
	m := map[int]int{}
	once(func(i int) { wg.Go(func() { m[i]++ }) })
	wg.Wait()
	println(m[1])
}

// Each turn has a map of its own.
func ownOk() {
	each(3, func(i int) {
		m := map[int]int{}
		go func() { m[i]++ }()
	})
}

// Each turn waits for its goroutine.
func waitOk() {
	m := map[int]int{}
	each(3, func(i int) {
		var wg sync.WaitGroup
		wg.Go(func() { m[i]++ })
		wg.Wait()
		m[i]++
	})
	each(3, func(i int) {
		done := make(chan bool)
		go func() {
			m[i]++
			close(done)
		}()
		<-done
	})
	println(len(m))
}

// The goroutine of a turn is the last one.
func lastOk(all *sync.Map) {
	var wg sync.WaitGroup
	m := map[any]int{}
	all.Range(func(k, _ any) bool {
		wg.Go(func() { m[k]++ })
		return false
	})
	wg.Wait()
}

func lockOk() {
	var wg sync.WaitGroup
	var mu sync.Mutex
	m := map[int]int{}
	each(3, func(i int) {
		wg.Go(func() {
			mu.Lock()
			defer mu.Unlock()
			m[i]++
		})
	})
	wg.Wait()
	println(len(m))
}

// What the body is called with is another one each time.
func kidsOk(t *tree, marks map[*tree]map[string]int) {
	var wg sync.WaitGroup
	t.walk(func(t *tree) {
		m := marks[t]
		wg.Go(func() { m["seen"]++ })
	})
	wg.Wait()
}

type conn struct{ seen map[string]int }

func connsOk(conns *sync.Map) {
	conns.Range(func(_, v any) bool {
		c := v.(*conn)
		go func() { c.seen["closed"]++ }()
		return true
	})
}

var (
	_ = walk
	_ = rangeMap
	_ = count
	_ = climb
	_ = countAbroad
	_ = onceAbroadOk
	_ = onceOk
	_ = ownOk
	_ = waitOk
	_ = lastOk
	_ = lockOk
	_ = kidsOk
	_ = connsOk
)
