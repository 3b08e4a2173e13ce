package unit

import (
	"runtime"
	"runtime/debug"
)

// A process that analyses one package is mostly over before much of its memory is garbage: most need no collection at all. Only a package that fills a lot of
// memory is worth the usual pace.
const (
	first     = 3200     // percent of 4 MB that may be in use before the first collection
	early     = 200      // percent of growth between collections after that
	usual     = 100      // the same, once a lot is in use
	lotsOfUse = 96 << 20 // bytes
)

// paceGC sets how often garbage is collected.
func paceGC() {
	debug.SetGCPercent(first)
	watch()
}

// watch looks at the memory in use after each collection: a finalizer runs after one.
func watch() {
	type sentinel struct{ _ *int }
	runtime.SetFinalizer(&sentinel{}, func(*sentinel) {
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		if m.HeapAlloc > lotsOfUse {
			debug.SetGCPercent(usual)
			return
		}
		debug.SetGCPercent(early)
		watch()
	})
}
