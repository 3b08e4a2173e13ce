package spawns

import (
	"iter"
	"maps"
	"sync"
)

// A range loop over an iterator turns as others do: its goroutines of one turn run beside the next.

type census struct {
	mu                            sync.Mutex
	towns, streets, houses, rooms map[string]int
	left, kept, seen              map[string]int
}

func (c *census) TownsBad(of map[string]bool) {
	for k := range maps.Keys(of) {
		go func() {
			c.towns[k]++ // want `map census.towns is written here by several goroutines at once with no lock`
		}()
	}
}

func (c *census) names() iter.Seq[string] {
	return func(yield func(string) bool) { _ = yield("a") && yield("b") }
}

func (c *census) StreetsBad() {
	for k := range c.names() {
		go func() {
			c.streets[k]++ // want `map census.streets is written here by several goroutines at once with no lock`
		}()
	}
}

func (c *census) HousesBad(of map[string]int) {
	for k := range maps.Keys(of) {
		c.houses[k] = 1 // want `map census.houses is written here and measured at turns.go:\d+ with no lock in common`
		go func() { println(len(c.houses)) }()
	}
}

// Each goroutine has the map of its turn.
func (c *census) OwnOk(of map[string]map[string]int) {
	for k, rows := range maps.All(of) {
		mine := map[string]int{}
		go func() {
			rows[k]++
			mine[k]++
		}()
	}
}

func (c *census) LockedOk(of map[string]bool) {
	for k := range maps.Keys(of) {
		go func() {
			c.mu.Lock()
			defer c.mu.Unlock()
			c.rooms[k]++
		}()
	}
}

// Each turn waits for its own.
func (c *census) WaitedOk(of map[string]bool) {
	for k := range maps.Keys(of) {
		done := make(chan bool)
		go func() {
			c.left[k]++
			close(done)
		}()
		<-done
		c.left[k]++
	}
}

// All are waited for behind the loop, and two of one turn are two.
func (c *census) GatheredBad(of map[string]bool) int {
	var wg sync.WaitGroup
	for k := range maps.Keys(of) {
		wg.Add(1)
		go func() {
			defer wg.Done()
			c.kept[k]++ // want `map census.kept is written here by several goroutines at once with no lock`
		}()
	}
	wg.Wait()
	return len(c.kept)
}

func (c *census) GatheredOk(of map[string]bool) map[string]int {
	var wg sync.WaitGroup
	var mu sync.Mutex
	seen := map[string]int{}
	for k := range maps.Keys(of) {
		wg.Go(func() {
			mu.Lock()
			defer mu.Unlock()
			seen[k]++
		})
	}
	wg.Wait()
	seen["all"] = len(seen)
	return seen
}

// The loop ends with its first turn.
func (c *census) FirstOk(of map[string]bool) {
	for k := range maps.Keys(of) {
		go func() { c.seen[k]++ }()
		break
	}
}
