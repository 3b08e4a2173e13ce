package tests

import (
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// Two tests that call Parallel run together.
var sharedBad = map[string]int{}

func TestFirstBad(t *testing.T) {
	t.Parallel()
	sharedBad["a"] = 1 // want `map sharedBad is written here and written at tests_test.go:\d+ with no lock in common`
}

func TestSecondBad(t *testing.T) {
	t.Parallel()
	sharedBad["b"] = 1
}

// Only one of them does.
var sharedOk = map[string]int{}

func TestFirstOk(t *testing.T) {
	t.Parallel()
	sharedOk["a"] = 1
}

func TestSecondOk(t *testing.T) { sharedOk["b"] = 1 }

// What stands before the call comes before all that is parallel.
var beforeOk = map[string]int{}

func TestBeforeOk(t *testing.T) {
	beforeOk["a"] = 1
	t.Parallel()
}

func TestAfterOk(t *testing.T) {
	t.Parallel()
	_ = beforeOk["a"]
}

// So it does in a subtest.
func TestSubBeforeOk(t *testing.T) {
	seen := map[string]bool{}
	for _, name := range []string{"a", "b"} {
		t.Run(name, func(t *testing.T) {
			seen[name] = true
			t.Parallel()
		})
	}
}

// A goroutine of the test, which waits for nothing.
func TestSpawnBad(t *testing.T) {
	m := map[string]int{}
	go func() {
		m["a"] = 1 // want `map m is written here and measured at tests_test.go:\d+ with no lock in common`
	}()
	_ = len(m)
}

// Cleanups come last.
func TestCleanupOk(t *testing.T) {
	var wg sync.WaitGroup
	m := map[string]int{}
	wg.Add(1)
	go func() {
		defer wg.Done()
		m["a"] = 1
	}()
	t.Cleanup(func() { _ = len(m) })
	wg.Wait()
}

// The last one added runs first.
func TestCleanupOrderOk(t *testing.T) {
	var wg sync.WaitGroup
	m := map[string]int{}
	t.Cleanup(func() { _ = len(m) })
	t.Cleanup(wg.Wait)
	wg.Go(func() { m["a"] = 1 })
}

func TestCleanupOrderBad(t *testing.T) {
	var wg sync.WaitGroup
	m := map[string]int{}
	t.Cleanup(wg.Wait)
	t.Cleanup(func() { _ = len(m) })
	wg.Go(func() {
		m["a"] = 1 // want `map m is written here and measured at tests_test.go:\d+ with no lock in common`
	})
}

// The wait of a cleanup comes too late for the test.
func TestCleanupLateBad(t *testing.T) {
	var wg sync.WaitGroup
	m := map[string]int{}
	wg.Go(func() {
		m["a"] = 1 // want `map m is written here and measured at tests_test.go:\d+ with no lock in common`
	})
	t.Cleanup(wg.Wait)
	_ = len(m)
}

// Parallel subtests are over before the cleanups.
func TestCleanupParallelOk(t *testing.T) {
	var mu sync.Mutex
	m := map[string]int{}
	t.Cleanup(func() { _ = len(m) })
	for _, name := range []string{"a", "b"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			mu.Lock()
			defer mu.Unlock()
			m[name] = 1
		})
	}
}

// A bubble ends when all in it has ended.
func TestBubbleOk(t *testing.T) {
	m := map[string]int{}
	synctest.Test(t, func(t *testing.T) {
		go func() { m["a"] = 1 }()
	})
	_ = len(m)
}

// Wait returns when the others can do nothing any more.
func TestWaitOk(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := map[string]int{}
		time.AfterFunc(time.Second, func() { m["a"] = 1 })
		time.Sleep(time.Second)
		synctest.Wait()
		_ = len(m)
	})
}

// Waited for until it is seen to be done, with all idle after each turn.
func TestWaitLoopOk(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := map[string]int{}
		var mu sync.Mutex
		size := func() int {
			mu.Lock()
			defer mu.Unlock()
			return len(m)
		}
		go func() {
			mu.Lock()
			defer mu.Unlock()
			m["a"] = 1
		}()
		for size() != 1 {
			time.Sleep(time.Second)
			synctest.Wait()
		}
		_ = m["a"]
	})
}

func TestSleepLoopBad(t *testing.T) {
	m := map[string]int{}
	done := func() bool { return time.Now().IsZero() }
	go func() {
		m["a"] = 1 // want `map m is written here and read`
	}()
	for !done() {
		time.Sleep(time.Second)
	}
	_ = m["a"]
}

func TestNoWaitBad(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := map[string]int{}
		go func() {
			m["a"] = 1 // want `map m is written here and measured at tests_test.go:\d+ with no lock in common`
		}()
		_ = len(m)
		synctest.Wait()
	})
}
