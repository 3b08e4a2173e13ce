// Package foreignvars calls, on its goroutines, functions of packages that keep maps in variables.
package foreignvars

import (
	"sync"

	"unguardedmap/foreignvars/lib"
	"unguardedmap/foreignvars/through"
)

func init() { lib.Register("own", func() {}) }

func iconsBad(names []string) {
	var wg sync.WaitGroup
	for _, n := range names {
		wg.Add(1)
		go func() {
			defer wg.Done()
			lib.Icon(n) // want `map icons is written here by several goroutines at once with no lock`
		}()
	}
	wg.Wait()
}

func throughBad(names []string) {
	for _, n := range names {
		go through.Icon(n) // want `map icons is written here by several goroutines at once with no lock`
	}
}

func besideBad(name string) {
	done := make(chan bool)
	go func() {
		lib.Count(name) // want `map counts is written here and cleared at`
		close(done)
	}()
	lib.Reset()
	<-done
}

func afterOk(name string) {
	done := make(chan bool)
	go func() {
		lib.Count(name)
		close(done)
	}()
	<-done
	lib.Reset()
}

func markOk(names []string) {
	for _, n := range names {
		go lib.Mark(n)
	}
}

func readOk(names []string) {
	for _, n := range names {
		go lib.Title(n)
		go lib.Driver(n)
	}
}

var mu sync.Mutex

func lockedOk(names []string) {
	for _, n := range names {
		go func() {
			mu.Lock()
			defer mu.Unlock()
			lib.Icon(n)
		}()
	}
}

func alone(name string) string { return lib.Icon(name) }
