package conds

import "sync"

func hold(c *sync.Cond) func() {
	c.L.Lock()
	return func() { c.L.Unlock() }
}

// A helper gets the Cond as an argument.
func FP_Passed() {
	c := sync.NewCond(new(sync.Mutex))
	m := map[string]int{}
	for range 3 {
		go func() {
			unlock := hold(c)
			m["a"]++ // want `map m is written here by several goroutines at once`
			unlock()
		}()
	}
}
