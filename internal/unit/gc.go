package unit

import (
	"os"
	"runtime"
	"runtime/debug"
)

// A process that analyses one package is mostly over before much of its memory is garbage: most need no collection at all. Syntax, types and SSA take some 80
// times the size of the source, and live to the end: to look for garbage among them while they are made is in vain. After that, a package that fills a
// lot of memory is worth the usual pace.
const (
	first     = 128 << 20 // bytes in use at which the first collection comes, at least
	perSource = 60        // the same, for each byte of the source
	early     = 200       // percent of growth between collections after that
	usual     = 100       // the same, once a lot is in use
	lotsOfUse = 96 << 20  // bytes
)

// paceGC sets how often garbage is collected, for a package of these files.
func paceGC(files []string) {
	start := int64(0)
	for _, name := range files {
		if info, err := os.Stat(name); err == nil {
			start += perSource * info.Size()
		}
	}
	// The heap may have 4 MB for each 100 percent before it is first collected.
	debug.SetGCPercent(int(max(first, start) * 100 / (4 << 20)))
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
