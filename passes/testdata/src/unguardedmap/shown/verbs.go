package shown

import (
	"fmt"
	"sync"

	"unguardedmap/shown/logging"
)

type tracer struct {
	mu    sync.Mutex
	log   *logging.Logger
	spans map[string]int
}

func (t *tracer) Add(name string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.spans[name]++
}

// Where the map is, or what type it has, is no look into it.
func (t *tracer) AddressOk() {
	t.log.Debugf("%5.1f%% of %p, a %T", 1.5, t.spans, t.spans)
}

func (t *tracer) TextOk() string { return fmt.Sprintf("tracer %p", t.spans) }

func (t *tracer) BothBad() {
	t.log.Debugf("%p has %v", t, t.spans) // want `map tracer.spans is iterated without tracer.mu`
}

func (t *tracer) IndexBad() {
	t.log.Debugf("%[2]v %[1]p", t, t.spans) // want `map tracer.spans is iterated without tracer.mu`
}
