package unit

import (
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
)

// A process that analyses one package is mostly over before much of its memory is garbage: many need no collection at all. Syntax, types and SSA take some 80
// times the size of the source, and live to the end: to look for garbage among them while they are made, or soon after, is in vain. After that the heap may grow to
// as much again, at least to what go vet takes for a large package, and only beyond at the usual pace.
const (
	first     = 32 << 20   // bytes in use at which the first collection comes, at least: memory that is used again costs less than memory that is new
	perSource = 120        // the same, for each byte of the source
	latest    = 1600 << 20 // bytes in use at which the first collection comes, at most
	budget    = 800 << 20  // bytes to which the heap may grow without regard to what lives, at least
	early     = 200        // percent of growth between collections, at most
	usual     = 100        // the same, at least
)

// paceGC sets how often garbage is collected, for a package of these files.
func paceGC(files []string) {
	start := int64(0)
	for _, name := range files {
		if info, err := os.Stat(name); err == nil {
			start += perSource * info.Size()
		}
	}
	start = min(latest, max(first, start))
	// The heap may have 4 MB for each 100 percent before it is first collected.
	debug.SetGCPercent(int(start * 100 / (4 << 20)))
	watch(max(budget, int(start)))
}

// watch looks at the memory that lives after each collection: a finalizer runs after one. The heap may grow to size without regard to that.
func watch(size int) {
	type sentinel struct{ _ *int }
	runtime.SetFinalizer(&sentinel{}, func(*sentinel) {
		live := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
		metrics.Read(live)
		if n := int(live[0].Value.Uint64()); n > 0 {
			debug.SetGCPercent(min(early, max(usual, (size-n)*100/n)))
		}
		watch(size)
	})
}
