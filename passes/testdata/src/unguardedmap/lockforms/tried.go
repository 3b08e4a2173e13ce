package lockforms

import "sync"

// room is found in a table or made: what is returned has two names.
type room struct {
	of   *house
	key  string
	busy sync.Mutex
}

type house struct {
	mu    sync.Mutex
	rooms map[string]*room
}

func (h *house) room(key string) *room {
	h.mu.Lock()
	defer h.mu.Unlock()
	if r, ok := h.rooms[key]; ok {
		return r
	}
	r := &room{of: h, key: key}
	h.rooms[key] = r
	return r
}

func (r *room) drop() { delete(r.of.rooms, r.key) }

func (h *house) CloseOk(key string) {
	r := h.room(key)
	if !r.busy.TryLock() {
		r.busy.Lock()
	}
	defer r.busy.Unlock()
	h.mu.Lock()
	defer h.mu.Unlock()
	r.drop()
}

func (h *house) ClearOk() {
	h.mu.Lock()
	defer h.mu.Unlock()
	clear(h.rooms)
}

// LeaveBad tries the lock of the room first: that is held then, by whatever name, and the other one is not.
func (h *house) LeaveBad(key string) {
	r := h.room(key)
	if !r.busy.TryLock() {
		r.busy.Lock()
	}
	defer r.busy.Unlock()
	r.drop() // want `map house.rooms is deleted from without house.mu`
}
