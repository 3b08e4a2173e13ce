package locks

import "sync"

// Two locks are held where the map is written. The one that is held wherever it is read is its guard.

type desk struct {
	mu    sync.Mutex
	stage *stage
}

type stage struct {
	lock    sync.Mutex
	clients map[string]int
}

func (d *desk) Join(k string) int {
	d.mu.Lock()
	s := d.stage
	s.lock.Lock()
	s.clients[k] = 1
	s.lock.Unlock()
	d.mu.Unlock()
	return len(s.clients) // want `map stage.clients is measured without stage.lock, held at 3 of its 3 other accesses`
}

func (d *desk) Has(k string) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.stage.lock.Lock()
	defer d.stage.lock.Unlock()
	_, ok := d.stage.clients[k]
	return ok
}

func (d *desk) Renew(s *stage) {
	d.mu.Lock()
	old := d.stage
	d.stage = s
	d.mu.Unlock()
	if old != nil {
		old.lock.Lock()
		defer old.lock.Unlock()
		println(len(old.clients))
	}
}
