// Package lib keeps maps in package variables, and starts nothing.
package lib

import "sync"

var icons = map[string]string{}

// Icon returns an icon.
func Icon(name string) string {
	if i, ok := icons[name]; ok {
		return i
	}
	icons[name] = "icon of " + name // want `map icons is written here with no lock: Icon may be called by several goroutines at once`
	return icons[name]
}

var (
	mu   sync.Mutex
	seen = map[string]bool{}
)

// Mark marks a name.
func Mark(name string) {
	mu.Lock()
	defer mu.Unlock()
	mark(name)
}

func mark(name string) { seen[name] = true }

var titles = map[string]string{}

func init() { titles["a"] = "A" }

// Title only reads.
func Title(name string) string { return titles[name] }

var drivers = map[string]func(){}

// Register adds a driver.
func Register(name string, f func()) { drivers[name] = f }

// Driver returns one.
func Driver(name string) func() { return drivers[name] }

var counts = map[string]int{}

// Count counts.
func Count(name string) { counts[name]++ }

// Reset is for one caller.
func Reset() { clear(counts) }
