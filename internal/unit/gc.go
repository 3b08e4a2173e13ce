package unit

import (
	"runtime"
	"runtime/debug"
)

// A process that analyses one package is mostly over before much of its memory is garbage, so collections come late. Only a package that fills a lot of
// memory is worth the usual pace.
const (
	early     = 400      // percent of growth between collections
	usual     = 100      // the same, once a lot is in use
	lotsOfUse = 96 << 20 // bytes
)

// paceGC sets how often garbage is collected.
func paceGC() {
	debug.SetGCPercent(early)
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
		watch()
	})
}
