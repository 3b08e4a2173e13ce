package callers

import "sync"

// The owner's lock guards what is in the parts, so that these have no guard of their own.
type Hall struct {
	mu    sync.Mutex
	desks map[string]*desk
	asks  chan string
}

type desk struct {
	hall   *Hall
	logins map[string]int
}

func (d *desk) serveOk() {
	for k := range d.hall.asks {
		d.hall.mu.Lock()
		_ = d.logins[k]
		d.hall.mu.Unlock()
	}
}

// Exported by habit: the package itself calls it with the lock held.
func (h *Hall) OpenOk(d *desk, k string) {
	go d.serveOk()
	d.logins[k] = 1
}

func (h *Hall) Open(k string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.OpenOk(h.desks[k], k)
}

type Ward struct {
	mu   sync.Mutex
	beds map[string]*bed
	asks chan string
}

type bed struct {
	ward   *Ward
	logins map[string]int
}

func (b *bed) serve() {
	for k := range b.ward.asks {
		b.ward.mu.Lock()
		_ = b.logins[k]
		b.ward.mu.Unlock()
	}
}

// One caller comes without it.
func (w *Ward) OpenBad(b *bed, k string) {
	go b.serve()
	b.logins[k] = 1 // want `map bed.logins is written here and read at outer.go:\d+ with no lock in common`
}

func (w *Ward) Open(k string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.OpenBad(w.beds[k], k)
}

func (w *Ward) OpenBare(k string) {
	w.mu.Lock()
	b := w.beds[k]
	w.mu.Unlock()
	w.OpenBad(b, k)
}
