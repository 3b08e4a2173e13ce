package settled

import "sync"

// mark has a lock of its own, and is in a table: there it is written, and gone over, under the lock of the table.
type mark struct {
	mu    sync.RWMutex
	flags map[string]bool
}

func newMark() *mark { return &mark{flags: map[string]bool{}} }

func (m *mark) set(k string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.flags[k] = true
}

func (m *mark) setAll(ks []string) {
	for _, k := range ks {
		m.set(k)
	}
}

func (m *mark) clear(k string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.flags, k)
}

func (m *mark) listOk() (out []string) {
	for k := range m.flags {
		out = append(out, k)
	}
	return out
}

type marks struct {
	mu    sync.RWMutex
	all   map[int]*mark
	fresh chan int
	names []string
}

func (d *marks) Start() { go d.update() }

// update fills a new mark by the method that locks, before it is in the table.
func (d *marks) update() {
	for id := range d.fresh {
		m := newMark()
		m.set("new")
		m.setAll(d.names)
		d.mu.Lock()
		d.all[id] = m
		d.mu.Unlock()
	}
}

func (d *marks) Change(id int, k string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if m := d.all[id]; m != nil {
		m.setAll([]string{k})
		m.clear("old")
	}
}

func (d *marks) List() (out [][]string) {
	d.mu.RLock()
	defer d.mu.RUnlock()
	for _, m := range d.all {
		out = append(out, m.listOk())
	}
	return out
}

// stain is as mark, but is filled when it is in the table.
type stain struct {
	mu    sync.RWMutex
	flags map[string]bool
}

func (m *stain) set(k string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.flags[k] = true
}

func (m *stain) listBad() (out []string) {
	for k := range m.flags { // want `map stain.flags is iterated without stain.mu`
		out = append(out, k)
	}
	return out
}

type stains struct {
	mu    sync.RWMutex
	all   map[int]*stain
	fresh chan int
}

func (d *stains) Start() { go d.update() }

func (d *stains) update() {
	for id := range d.fresh {
		m := &stain{flags: map[string]bool{}}
		d.mu.Lock()
		d.all[id] = m
		d.mu.Unlock()
		m.set("new")
	}
}

func (d *stains) Change(id int, k string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if m := d.all[id]; m != nil {
		m.set(k)
	}
}

func (d *stains) List() (out [][]string) {
	d.mu.RLock()
	defer d.mu.RUnlock()
	for _, m := range d.all {
		out = append(out, m.listBad())
	}
	return out
}

// scratch is as mark, but one of those who write it has not got the lock of the table.
type scratch struct {
	mu    sync.RWMutex
	flags map[string]bool
}

func (m *scratch) set(k string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.flags[k] = true
}

func (m *scratch) listBad() (out []string) {
	for k := range m.flags { // want `map scratch.flags is iterated without scratch.mu`
		out = append(out, k)
	}
	return out
}

type scratches struct {
	mu  sync.RWMutex
	all map[int]*scratch
}

func (d *scratches) Change(id int, k string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if m := d.all[id]; m != nil {
		m.set(k)
	}
}

func (d *scratches) Touch(id int) {
	d.mu.RLock()
	m := d.all[id]
	d.mu.RUnlock()
	if m != nil {
		m.set("touched")
	}
}

func (d *scratches) List() (out [][]string) {
	d.mu.RLock()
	defer d.mu.RUnlock()
	for _, m := range d.all {
		out = append(out, m.listBad())
	}
	return out
}
