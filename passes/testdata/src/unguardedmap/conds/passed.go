package conds

import "sync"

func hold(c *sync.Cond) func() {
	c.L.Lock()
	return func() { c.L.Unlock() }
}

// A helper gets the Cond as an argument.
func PassedOk() {
	c := sync.NewCond(new(sync.Mutex))
	m := map[string]int{}
	for range 3 {
		go func() {
			unlock := hold(c)
			m["a"]++
			unlock()
		}()
	}
}

func PassedBad() {
	c := sync.NewCond(new(sync.Mutex))
	m := map[string]int{}
	for range 3 {
		go func() {
			unlock := hold(c)
			unlock()
			m["a"]++ // want `map m is written here by several goroutines at once`
		}()
	}
}

// Two Conds, two locks.
func PassedTwoBad() {
	c, d := sync.NewCond(new(sync.Mutex)), sync.NewCond(new(sync.Mutex))
	m := map[string]int{}
	go func() {
		defer hold(c)()
		m["a"]++ // want `map m is written here and read at passed.go:\d+ with no lock in common`
	}()
	go func() {
		defer hold(d)()
		m["b"]++
	}()
}
