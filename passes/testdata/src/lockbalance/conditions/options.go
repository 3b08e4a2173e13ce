package conditions

import "sync"

type Room struct {
	mu    sync.Mutex
	names map[string]int
}

type roomOptions struct {
	locked bool
	name   string
	limits *roomLimits
}

type roomLimits struct{ locked bool }

func (r *Room) update(o roomOptions) int {
	if !o.locked {
		r.mu.Lock()
		defer r.mu.Unlock()
	}
	r.names[o.name]++
	return len(r.names)
}

// The option says that the lock is held.
func (r *Room) MoveOk(n string) int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.update(roomOptions{locked: true, name: n})
}

func (r *Room) SetOk(n string) int {
	r.mu.Lock()
	defer r.mu.Unlock()
	var o roomOptions
	o.name = n
	o.locked = true
	return r.update(o)
}

func (r *Room) BareOk(n string) int { return r.update(roomOptions{name: n}) }

// It doesn't.
func (r *Room) MoveBad(n string) int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.update(roomOptions{name: n}) // want `Room.mu is locked by Room.update, which is called here, while it is held since line \d+`
}

func (r *Room) SetBad(n string, o roomOptions) int {
	r.mu.Lock()
	defer r.mu.Unlock()
	o.locked = false
	return r.update(o) // want `Room.mu is locked by Room.update, which is called here, while it is held since line \d+`
}

func (r *Room) rename(o roomOptions) {
	if o.name == "" {
		o.locked = false
	}
	if !o.locked {
		r.mu.Lock()
		defer r.mu.Unlock()
	}
	r.names[o.name]++
}

// The callee changes the option.
func (r *Room) RenameBad() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.rename(roomOptions{locked: true}) // want `Room.mu is locked by Room.rename, which is called here, while it is held since line \d+`
}
