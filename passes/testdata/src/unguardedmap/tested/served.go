package tested

import (
	"net/http"
	"sync"
)

// Hub makes its map anew when it is started, and then serves.
type Hub struct {
	mu    sync.Mutex
	conns map[string]int
	srv   *http.Server
}

func (h *Hub) Start(addr string) {
	mux := http.NewServeMux()
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		h.mu.Lock()
		defer h.mu.Unlock()
		h.conns[r.RemoteAddr]++
	})
	h.conns = map[string]int{}
	h.srv = &http.Server{Addr: addr, Handler: mux}
	h.srv.ListenAndServe()
}

func (h *Hub) Count(addr string) int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.conns[addr]
}

func (h *Hub) Stop() { h.srv.Close() }

func (h *Hub) drop(addr string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.conns, addr)
}
