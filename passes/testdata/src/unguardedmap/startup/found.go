package startup

import (
	"net/http"
	"sync"
	"sync/atomic"
)

type rules struct{ rooms int }

// Hall makes its map where no rules are found, which only its constructor can find: it sets them before anybody else comes.
type Hall struct {
	mu    sync.Mutex
	rooms map[string]int
	rules atomic.Pointer[rules]
}

func NewHallOk(mux *http.ServeMux, r *rules) *Hall {
	h := &Hall{}
	h.FP_apply(r)
	mux.HandleFunc("/reload", func(http.ResponseWriter, *http.Request) { h.FP_apply(&rules{rooms: 1}) })
	return h
}

func (h *Hall) FP_apply(r *rules) {
	first := h.rules.Load() == nil
	h.rules.Store(r)
	if first {
		h.rooms = map[string]int{} // want `map Hall.rooms is replaced without Hall.mu`
	}
}

func (h *Hall) TakeOk(name string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.rooms[name]++
}

func (h *Hall) LeaveOk(name string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.rooms, name)
}
