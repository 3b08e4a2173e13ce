// Package closurevars has closures in local variables that other closures call. They are captured as the variable, and what they have captured
// themselves may not be named where they are called.
package closurevars

import "sync"

func CalledByGoroutineBad() {
	m := map[string]int{}
	set := func() { m["a"] = 1 } // want `map m is written here and read at`
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		set()
	}()
	m["b"]++
	wg.Wait()
}

func TwoDeepBad() {
	m := map[string]int{}
	set := func() { m["a"] = 1 } // want `map m is written here and read at`
	run := func() { set() }
	var wg sync.WaitGroup
	wg.Go(run)
	m["b"]++
	wg.Wait()
}

// Lock helpers that are closures.
func LockClosuresOk() {
	var mu sync.Mutex
	m := map[string]int{}
	lock := func() { mu.Lock() }
	unlock := func() { mu.Unlock() }
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		lock()
		m["a"]++
		unlock()
	}()
	mu.Lock()
	m["b"]++
	mu.Unlock()
	wg.Wait()
}

func UnlockerOk() {
	var mu sync.Mutex
	m := map[string]int{}
	acquire := func() func() {
		mu.Lock()
		return func() { mu.Unlock() }
	}
	var wg sync.WaitGroup
	for range 3 {
		wg.Go(func() {
			defer acquire()()
			m["a"]++
		})
	}
	wg.Wait()
}

// A recursive closure captures itself.
func VisitBad(keys []string) {
	m := map[string]int{}
	var visit func(int)
	visit = func(i int) {
		m[keys[i]]++ // want `map m is written here`
		if i > 0 {
			visit(i - 1)
		}
	}
	go visit(3)
	visit(2)
}

// A closure that is set twice is some function.
func TwiceOk(mu *sync.Mutex, dry bool) {
	m := map[string]int{}
	add := func() { m["a"]++ }
	if dry {
		add = func() {}
	}
	go func() {
		mu.Lock()
		defer mu.Unlock()
		add()
	}()
	mu.Lock()
	add()
	mu.Unlock()
}

// The goroutine is started by a closure, which captures the lock only through another one.
func StartedOk() {
	var mu sync.Mutex
	var s struct{ rows rows }
	s.rows.m = map[string]int{}
	done := make(chan bool)
	add := func() {
		mu.Lock()
		s.rows.m["a"]++
		mu.Unlock()
	}
	start := func() {
		for range 3 {
			go func() {
				defer func() { done <- true }()
				add()
			}()
		}
	}
	stop := func() {
		for range 3 {
			<-done
		}
	}
	start()
	mu.Lock()
	s.rows.m["b"]++
	mu.Unlock()
	stop()
	s.rows.m["c"]++
}

type rows struct{ m map[string]int }

// What the closure leaves running goes on beside the caller.
func StartedBad() {
	m := map[string]int{}
	start := func() {
		go func() {
			m["a"]++ // want `map m is written here and read at`
		}()
	}
	start()
	m["b"]++
}

var table = map[string]int{}

func read(out chan int) {
	go func() { out <- table["a"] }()
}

// A package variable is written after the start of a goroutine that reads it.
func LateBad(out chan int) {
	read(out)
	table["a"] = 1 // want `map table is written here and read at`
}

func EarlyOk(out chan int) {
	early["a"] = 1
	go func() { out <- early["a"] }()
}

var early = map[string]int{}

type point[P any] interface{ Mul(P) P }

// A closure of a generic function, called by closures that are handed on, calls a function that its maker was given.
func GenericOk[P point[P]](run func(func()), newPoint func() P) {
	g := newPoint()
	check := func(n int) {
		p := newPoint().Mul(g)
		_ = p.Mul(newPoint())
	}
	run(func() { check(1) })
	for range 3 {
		run(func() { check(2) })
	}
}

func UseGenericOk(run func(func())) {
	GenericOk(run, func() num { return 1 })
}

type num int

func (n num) Mul(m num) num { return n * m }
