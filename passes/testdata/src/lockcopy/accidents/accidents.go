// Package accidents has types whose Lock method makes no lock of them.
package accidents

import "sync"

// A door (golang/go#18451).
type Door struct {
	locked bool
	rooms  map[string]int
}

func (d *Door) Lock()   { d.locked = true }
func (d *Door) Unlock() { d.locked = false }

func doorOk(d *Door) Door { return *d }

// Another signature is no sync.Locker (golang/go#26165).
type faux struct{}

func (f *faux) Lock() error { return nil }

type wrapped struct{ faux }

func fauxOk(f *faux) wrapped { return wrapped{*f} }

// The lock is behind a pointer: the copy locks the same one.
type remote struct {
	client *sync.Mutex
	key    string
}

func (r *remote) Lock()   { r.client.Lock() }
func (r *remote) Unlock() { r.client.Unlock() }

func remoteOk(r *remote) remote { return *r }

// A real lock inside makes it one all the same.
type gate struct {
	mu   sync.Mutex
	open bool
}

func (g *gate) Lock()   { g.open = false }
func (g *gate) Unlock() { g.open = true }

func gateBad(g *gate) gate {
	return *g // want `the return copies gate, so the copy locks its own mu, which excludes nobody`
}

// A method of the value's own does, too: a value is a Locker, so it is meant to be copied.
type handle struct{ mu *sync.Mutex }

func (h handle) Lock()   { h.mu.Lock() }
func (h handle) Unlock() { h.mu.Unlock() }

func handleOk(h *handle) handle { return *h }
